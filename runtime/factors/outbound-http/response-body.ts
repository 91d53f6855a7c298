import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Field } from "../../wasi/http/fields.ts";

/** A response's body: the connection is read as fast as the guest reads. */
export class ResponseBody extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  #isComplete = false;
  trailers: readonly Field[] = [];

  constructor(controller: Dispatcher.DispatchController) {
    super();
    this.#controller = controller;
    // Without a listener an error would end the process; a guest that looks on meets it as `errored`.
    this.on("error", () => {});
  }

  complete(): void {
    this.#isComplete = true;
    this.push(null);
  }

  override _read(): void {
    this.#controller.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isComplete && !this.#controller.aborted) {
      this.#controller.abort(error ?? new Error("the guest does not want the rest of the response"));
    }
    done(error);
  }
}
