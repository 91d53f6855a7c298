import type { IncomingHandler } from "../../component/bound-component.ts";
import { IncomingRequest, type ReceivedRequest } from "../../wasi/http/incoming-request.ts";
import {
  type GuestResponse,
  ResponseOutparam,
  type ResponseOutcome,
} from "../../wasi/http/outgoing-response.ts";
import { Trap } from "../../wasi/wit-error.ts";

/** For how long an instance lives, as its host functions see it. */
export interface InstanceScope {
  /** Aborts when the instance is done. */
  ended: AbortSignal;
  /** Rejects when the request is given up. */
  cancelled: Promise<never>;
}

export interface HttpComponent {
  id: string;
  /** A fresh instance. `onEnd` is called when it is done. */
  instantiate(scope: InstanceScope): Promise<{ handler: IncomingHandler; onEnd: () => void }>;
  /** Told of a guest that failed, for the host's log. */
  onFailure(error: unknown): void;
}

/**
 * Has a fresh instance handle a request. Resolves when the guest hands out its response, whose body may go on; rejects when
 * the guest fails before. A failure after that aborts the body. `signal` gives the request up.
 */
export async function callHandler(
  component: HttpComponent,
  request: ReceivedRequest,
  signal: AbortSignal,
): Promise<GuestResponse> {
  const ended = new AbortController();
  const cancelled = rejection(signal);
  const { handler, onEnd } = await component.instantiate({ ended: ended.signal, cancelled });
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
    handler
      .handle(new IncomingRequest(request, cancelled), new ResponseOutparam(settle))
      .then(() => {
        if (!hasOutcome) fail(new Trap("the guest returned without a response"));
        response?.body?.abort(new Trap("the guest returned without finishing the response's body"));
      }, fail)
      .finally(() => {
        ended.abort();
        onEnd();
      });
  });
}

function rejection(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_resolve, reject) => {
    const cancel = () => reject(new Trap("the request was given up"));
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
  // A guest that waits for nothing leaves it unobserved.
  promise.catch(() => {});
  return promise;
}
