/** What is fuzzed: a function that takes what comes from outside. */
import type { Many } from "./random.ts";

export type Target = TextTarget | BytesTarget;

export interface TextTarget {
  /** Of TOML, the data behind the text is changed as well. */
  kind: "text" | "toml";
  name: string;
  /** Inputs that are right, or nearly: mutations of them reach further than noise. */
  seeds: Many<string>;
  run: (input: string) => unknown;
}

export interface BytesTarget {
  kind: "bytes";
  name: string;
  seeds: Many<Uint8Array>;
  run: (input: Uint8Array) => unknown;
}

/** No input is longer, in characters or bytes, so that none may take long. */
export const longestInput = 65_536;
