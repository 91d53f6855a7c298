/** How long a registry may say nothing. */
import type { ClientRequest, IncomingMessage } from "node:http";

export interface TimeLimits {
  /** For a connection, with TLS where there is TLS. */
  connectMs: number;
  /** For the answer, once nothing moves any more: a registry that stores far away takes its time to say that it has a blob. */
  answerMs: number;
  /** Between two parts of a body. */
  bodyMs: number;
}

export const defaultTimeLimits: TimeLimits = { connectMs: 15_000, answerMs: 300_000, bodyMs: 60_000 };

/** Ends a request that waits for longer. Silence counts only while this side waits: a slow reader is not the registry's fault. */
export function limitTimes(
  request: ClientRequest,
  { connectMs, answerMs, bodyMs }: TimeLimits = defaultTimeLimits,
): void {
  request.once("socket", (socket) => {
    let answer: IncomingMessage | undefined;
    const judge = (): void => {
      if (answer === undefined) request.destroy(silence("no answer", answerMs));
      else if (answer.readableLength === 0) answer.destroy(silence("nothing more", bodyMs));
      else socket.setTimeout(bodyMs);
    };
    const begin = (): void => {
      socket.setTimeout(answerMs).on("timeout", judge);
    };
    request.once("response", (body) => {
      answer = body;
      socket.setTimeout(bodyMs);
    });
    request.once("close", () => socket.off("timeout", judge));
    if (!socket.connecting) return begin();
    const connecting = setTimeout(() => request.destroy(silence("no connection", connectMs)), connectMs);
    request.once("close", () => clearTimeout(connecting));
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      clearTimeout(connecting);
      begin();
    });
  });
}

function silence(what: string, ms: number): Error {
  return new Error(`${what} for ${ms / 1000} s`);
}
