import type { IncomingHandler } from "../../component/bound-component.ts";
import { IncomingRequest, type ReceivedRequest } from "../../wasi/http/incoming-request.ts";
import {
  type GuestResponse,
  ResponseOutparam,
  type ResponseOutcome,
} from "../../wasi/http/outgoing-response.ts";
import { Trap } from "../../wasi/wit-error.ts";

/** An instance in its first state, for one request. */
export interface HandlerLease {
  handler: IncomingHandler;
  /** Rejects when the request is given up. */
  cancelled: Promise<never>;
  /** Gives it back; after a failure it is thrown away. */
  release(hasFailed: boolean): void;
}

export interface HttpComponent {
  id: string;
  /** Waits for its turn; ERR_SPIN_RUNTIME_BUSY when too many do. `signal` aborts when the request is given up. */
  acquire(signal: AbortSignal): Promise<HandlerLease>;
  /** Told of a guest that failed, for the host's log. */
  onFailure(error: unknown): void;
}

/**
 * Has an instance in its first state handle a request. Resolves when the guest hands out its response, whose body may go on; rejects when
 * the guest fails before. A failure after that aborts the body. `signal` gives the request up.
 */
export async function callHandler(
  component: HttpComponent,
  request: ReceivedRequest,
  signal: AbortSignal,
): Promise<GuestResponse> {
  const { handler, cancelled, release } = await component.acquire(signal);
  return new Promise<GuestResponse>((resolve, reject) => {
    let response: GuestResponse | undefined;
    let hasOutcome = false;
    const settle = (outcome: ResponseOutcome) => {
      hasOutcome = true;
      if (outcome.tag === "err")
        return reject(new Trap(`the guest answered with the error ${outcome.val.tag}`));
      response = outcome.val;
      resolve(response);
    };
    const fail = (error: unknown) => {
      if (!signal.aborted) component.onFailure(error);
      response?.body?.abort(error instanceof Error ? error : new Error(String(error)));
      reject(error);
    };
    handler.handle(new IncomingRequest(request, cancelled), new ResponseOutparam(settle)).then(
      () => {
        release(false);
        if (!hasOutcome) fail(new Trap("the guest returned without a response"));
        response?.body?.abort(new Trap("the guest returned without finishing the response's body"));
      },
      (error: unknown) => {
        release(true);
        fail(error);
      },
    );
  });
}
