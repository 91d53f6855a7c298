import type { MessagePort, Worker } from "node:worker_threads";
import { fromAdminError, toAdminError } from "../../runtime/admin/admin-error.ts";
import type { AdminError } from "../../runtime/admin/protocol.ts";

type Message =
  | { question: number; content: unknown }
  | { answer: number; content: unknown }
  | { answer: number; error: AdminError };

/** Questions and answers between two threads, both ways. Failures keep their code. */
export class Questions {
  readonly #port: MessagePort | Worker;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  constructor(port: MessagePort | Worker, answer: (content: never) => unknown) {
    this.#port = port;
    port.on("message", (message: Message) => void this.#receive(message, answer));
  }

  ask<Answer>(content: unknown): Promise<Answer> {
    const question = this.#asked++;
    const pending = Promise.withResolvers<unknown>();
    this.#pending.set(question, pending);
    this.#port.postMessage({ question, content } satisfies Message);
    return pending.promise as Promise<Answer>;
  }

  /** Fails what waits for an answer: the other side is gone. */
  giveUp(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  async #receive(message: Message, answer: (content: never) => unknown): Promise<void> {
    if ("question" in message) {
      this.#port.postMessage(await attempt(message.question, () => answer(message.content as never)));
      return;
    }
    const pending = this.#pending.get(message.answer);
    this.#pending.delete(message.answer);
    if ("error" in message) pending?.reject(fromAdminError(message.error));
    else pending?.resolve(message.content);
  }
}

async function attempt(number: number, operation: () => unknown): Promise<Message> {
  try {
    return { answer: number, content: await operation() };
  } catch (error) {
    return { answer: number, error: toAdminError(error) };
  }
}
