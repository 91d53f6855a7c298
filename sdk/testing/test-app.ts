import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { Denial } from "../../runtime/admin/protocol.ts";
import { KeyValueFile } from "../../runtime/factors/key-value/key-value-file.ts";
import type { Questions } from "./questions.ts";

/** A key-value store of the app, from outside: to fill it before a request, or to look into it after one. */
export interface TestStore {
  get(key: string): string | undefined;
  set(key: string, value: string | Uint8Array): void;
  keys(): string[];
}

export interface TestAppOptions {
  worker: Worker;
  questions: Questions;
  url: string;
  name: string;
  /** Removed when the app is closed. */
  stateDir: string;
}

/** An app that runs in a thread of this process, with data of its own that ends with it. */
export class TestApp {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  readonly #worker: Worker;
  readonly #questions: Questions;
  readonly #stateDir: string;
  readonly #folder: string;
  readonly #keyValue: KeyValueFile;

  constructor({ worker, questions, url, name, stateDir }: TestAppOptions) {
    this.url = url;
    this.#worker = worker;
    this.#questions = questions;
    this.#stateDir = stateDir;
    this.#folder = join(stateDir, "apps", name);
    this.#keyValue = new KeyValueFile(join(this.#folder, "sqlite_key_value.db"));
  }

  /** Sends a request to the app: a path (`/count`), or a Request whose path and query count. Follows no redirect. */
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input instanceof Request ? input : new URL(input, this.url), init);
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(new URL(`${pathname}${search}`, this.url), request), { redirect: "manual" });
  }

  /** What components asked for and were refused, each kind once. */
  denials(): Promise<Denial[]> {
    return this.#questions.ask("denials");
  }

  /** What a component wrote to standard output and standard error, and without an id what the host logged. */
  logs(component?: string): string {
    const names =
      component === undefined ? ["host.log"] : [`${component}_stdout.txt`, `${component}_stderr.txt`];
    return names
      .map((name) => join(this.#folder, "logs", name))
      .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""))
      .join("");
  }

  /** By label, for example `default`. */
  keyValueStore(label: string): TestStore {
    return {
      get: (key) => {
        const value = this.#keyValue.get(label, key);
        return value === undefined ? undefined : Buffer.from(value).toString("utf8");
      },
      set: (key, value) => this.#keyValue.set(label, key, Buffer.from(value)),
      keys: () => this.#keyValue.keys(label),
    };
  }

  /** Ends the app and removes its data. */
  async close(): Promise<void> {
    this.#keyValue.close();
    await this.#questions.ask("close");
    await this.#worker.terminate();
    await rm(this.#stateDir, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
