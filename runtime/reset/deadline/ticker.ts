import { Worker } from "node:worker_threads";
import { siblingModule } from "../../sibling-module.ts";
import { isSleeping, running, type TickerData, type TickerMessage, wake } from "./ticker-protocol.ts";

/** The thread that raises flags, for all guests of this one. It is started when the first guest is watched. */
class Ticker {
  readonly #control = new Int32Array(new SharedArrayBuffer(12));
  #worker: Worker | undefined;

  watch(flags: SharedArrayBuffer): void {
    this.#worker ??= this.#start();
    this.#send({ watch: flags });
  }

  forget(flags: SharedArrayBuffer): void {
    this.#send({ forget: flags });
  }

  begin(): void {
    Atomics.add(this.#control, running, 1);
    if (Atomics.load(this.#control, isSleeping) === 1) this.#wake();
  }

  end(): void {
    Atomics.sub(this.#control, running, 1);
  }

  #send(message: TickerMessage): void {
    this.#worker?.postMessage(message);
    this.#wake();
  }

  #wake(): void {
    Atomics.add(this.#control, wake, 1);
    Atomics.notify(this.#control, wake);
  }

  #start(): Worker {
    const workerData: TickerData = { control: this.#control };
    const worker = new Worker(siblingModule(import.meta.url, "./ticker-worker"), { workerData });
    // Guests that run without it do so without limits of time: the process says so rather than ends.
    worker.on("error", (error) => process.stderr.write(`the ticker failed: ${error.message}\n`));
    worker.unref();
    return worker;
  }
}

export const ticker = new Ticker();
