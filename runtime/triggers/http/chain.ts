import { Readable } from "node:stream";
import { HttpFailure } from "../../wasi/http/error-code.ts";
import type { ReceivedBody } from "../../wasi/http/incoming-body.ts";
import type { ReceivedResponse } from "../../wasi/http/incoming-response.ts";
import type { GuestRequest } from "../../wasi/http/outgoing-request.ts";
import type { Pipe } from "../../wasi/http/pipe.ts";
import { callHandler, type HttpComponent } from "./call-handler.ts";
import { spinHeaders } from "./spin-headers.ts";

/**
 * Service chaining: hands a guest's request to another component of the app without a socket, as if by a route `/...`.
 * That component's failure is a 500 for the caller. A component that is not there is `destination-not-found`.
 */
export async function callChained(
  component: HttpComponent | undefined,
  request: GuestRequest,
  signal: AbortSignal,
): Promise<ReceivedResponse> {
  if (component === undefined) throw new HttpFailure({ tag: "destination-not-found" });
  const pathWithQuery = request.pathWithQuery ?? "/";
  const [path = "/"] = pathWithQuery.split("?", 1);
  const added = spinHeaders({
    route: "/...",
    wildcard: path,
    captures: [],
    fullUrl: `http://localhost${pathWithQuery}`,
    clientAddress: "0.0.0.0:0",
  });
  const own = request.headers.filter(([name]) => !name.toLowerCase().startsWith("spin-"));
  try {
    const answer = await callHandler(
      component,
      {
        method: request.method,
        pathWithQuery,
        authority: request.authority ?? `${component.id}.spin.internal`,
        headers: [
          ...own.map(([name, value]) => [name.toLowerCase(), value] as [string, Uint8Array]),
          ...added,
        ],
        body: received(request.body),
      },
      signal,
    );
    const headers = answer.headers.map(
      ([name, value]) => [name.toLowerCase(), value] as [string, Uint8Array],
    );
    return { status: answer.status, headers, body: received(answer.body) };
  } catch {
    return { status: 500, headers: [], body: received(undefined) };
  }
}

function received(pipe: Pipe | undefined): ReceivedBody {
  const readable = pipe === undefined ? Readable.from([]) : Readable.from(pipe, { objectMode: false });
  // A reader meets the error as `errored`; without a listener it would end the process.
  readable.on("error", () => {});
  return { readable, trailers: () => pipe?.trailers ?? [], discard: () => readable.destroy() };
}
