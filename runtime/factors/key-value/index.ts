import type { HostImports } from "../../wasi/offer.ts";
import { fail } from "../../wasi/wit-error.ts";
import type { Refusal } from "../denials/denials.ts";
import type { KeyValueFile } from "./key-value-file.ts";

/** Most bytes that one call may hand to a guest, as in Spin. */
const mostBytes = 128 * 1024 * 1024;

export interface KeyValueContext {
  component: string;
  /** Store labels that the component may open. */
  granted: readonly string[];
  file: KeyValueFile;
  refuse: (refusal: Refusal) => void;
}

/** fermyon:spin/key-value@2.0.0. Components that are granted the same label share its data. */
export function keyValueImports(context: KeyValueContext): HostImports {
  class GrantedStore extends Store {
    static open(label: string): GrantedStore {
      if (context.granted.includes(label)) return new GrantedStore(context.file, label);
      context.refuse({
        component: context.component,
        interface: "fermyon:spin/key-value",
        target: label,
        grant: `keyValueStores: [${JSON.stringify(label)}]`,
      });
      return fail({ tag: "access-denied" });
    }
  }
  return { "fermyon:spin/key-value": { Store: GrantedStore } };
}

class Store {
  readonly #file: KeyValueFile;
  readonly #label: string;

  constructor(file: KeyValueFile, label: string) {
    this.#file = file;
    this.#label = label;
  }

  get(key: string): Uint8Array | undefined {
    const value = attempt(() => this.#file.get(this.#label, key));
    if (value !== undefined && value.length > mostBytes)
      fail(other(`the value is larger than ${mostBytes} bytes`));
    return value;
  }

  set(key: string, value: Uint8Array): void {
    attempt(() => this.#file.set(this.#label, key, value));
  }

  delete(key: string): void {
    attempt(() => this.#file.delete(this.#label, key));
  }

  exists(key: string): boolean {
    return attempt(() => this.#file.exists(this.#label, key));
  }

  getKeys(): string[] {
    return attempt(() => this.#file.keys(this.#label));
  }
}

function attempt<Result>(operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    return fail(other(error instanceof Error ? error.message : String(error)));
  }
}

function other(text: string): { tag: "other"; val: string } {
  return { tag: "other", val: text };
}
