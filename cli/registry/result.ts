import { formatReference, type Reference } from "../../model/artifact/index.ts";
import type { Result } from "../command.ts";
import { sizeText } from "./show-progress.ts";

/** The last line of push, pull and copy: what to deploy. */
export function artifactResult(
  reference: Reference,
  digest: string,
  sizeBytes: number,
  verb: string,
  more: object = {},
): Result {
  const pinned = formatReference({ registry: reference.registry, repository: reference.repository, digest });
  return {
    data: { reference: pinned, digest, size: sizeBytes, ...more },
    text: `${verb} ${pinned} (${sizeText(sizeBytes)})`,
  };
}
