import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { toServiceError } from "./failures.ts";
import type { Session } from "./session.ts";

type Unary<Request, Response> = (
  call: Pick<ServerUnaryCall<Request, Response>, "request">,
  answer: sendUnaryData<Response>,
) => void;

/** Answers one call: its signal is aborted when the engine cancels, and whatever is thrown becomes a status. */
export function unary<Request, Response>(
  session: Session,
  handle: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
): Unary<Request, Response> {
  return ({ request }, answer) => void respond(session, (signal) => handle(request, signal), answer);
}

async function respond<Response>(
  session: Session,
  handle: (signal: AbortSignal) => Response | Promise<Response>,
  answer: sendUnaryData<Response>,
): Promise<void> {
  const controller = new AbortController();
  session.open.add(controller);
  try {
    const response = await handle(controller.signal);
    await session.log.flushed();
    answer(null, response);
  } catch (error) {
    await session.log.flushed();
    answer(toServiceError(error));
  } finally {
    session.open.delete(controller);
  }
}
