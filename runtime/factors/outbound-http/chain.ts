import type { ReceivedResponse } from "../../wasi/http/incoming-response.ts";
import type { GuestRequest } from "../../wasi/http/outgoing-request.ts";

/** Hands a guest's request to the component `id` of the same app. Rejects with `HttpFailure` when there is none. */
export type ChainRequest = (
  id: string,
  request: GuestRequest,
  signal: AbortSignal,
) => Promise<ReceivedResponse>;

/** The component that `<id>.spin.internal` names, whatever the port. */
export function chainedComponent(authority: string): string | undefined {
  return /^([^.:]+)\.spin\.internal(?::\d*)?$/i.exec(authority)?.[1]?.toLowerCase();
}
