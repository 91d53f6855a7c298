import type { Answer, RetryPolicy } from "../http/index.ts";
import type { WireRequest } from "./connection.ts";

/** One repository as the files of this folder see it: requests below `/v2/<name>/`, with the scopes that they need. */
export interface Room {
  /** Registry and repository, for messages. */
  name: string;
  /** A target that is text is relative to the repository. `scopes` are further ones. */
  send(request: Omit<WireRequest, "scopes"> & { scopes?: readonly string[] }): Promise<Answer>;
  policy: RetryPolicy;
  signal: AbortSignal | undefined;
  /** Largest part of a chunked upload; left out for one part. */
  chunkBytes: number | undefined;
}
