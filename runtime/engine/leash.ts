import type { ServerResponse } from "node:http";

/** Long enough for a control process that is being replaced to come back. */
const graceMs = 200;

/** Long enough for a control process to start and to take the leash. */
const startMs = 10_000;

/** The open `GET /v1/leash` responses: while there is one, a control process lives. */
export class Leash {
  readonly #held = new Set<ServerResponse>();
  readonly #onLost: () => void;
  #isReleased = false;

  /** `onLost` is called when the last leash broke and no other came within 200 ms, and again every 10 s until one comes. */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
    this.#watch(startMs);
  }

  hold(response: ServerResponse): void {
    this.#held.add(response);
    response.writeHead(200, { "content-type": "text/plain" });
    response.flushHeaders();
    response.once("close", () => {
      this.#held.delete(response);
      this.#watch(graceMs);
    });
  }

  /** The engine is told to end: nothing that happens now is a loss. */
  release(): void {
    this.#isReleased = true;
    for (const response of this.#held) response.end();
  }

  #watch(afterMs: number): void {
    setTimeout(() => {
      if (this.#held.size > 0 || this.#isReleased) return;
      this.#onLost();
      this.#watch(startMs);
    }, afterMs).unref();
  }
}
