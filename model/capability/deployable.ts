/** An application as targets judge it, wherever it was declared. Paths are those of the declaration. */
import type { Refusal } from "./targets/types.ts";

export interface Deployable {
  name?: { value: string; path: string };
  /** `undefined`: not known. */
  triggers: DeployableTrigger[] | undefined;
  parts: DeployablePart[];
  /** Where all binaries together are spoken of. */
  path: string;
}

export interface DeployableTrigger {
  type: string;
  component?: string;
  isStatic: boolean;
  isWagi: boolean;
  typePath: string;
  staticPath: string;
  /** Default: `typePath`. */
  executorPath?: string;
}

/** What is known of a component; what is left out is not judged. */
export interface DeployablePart {
  id?: string;
  imports?: { names: readonly string[]; path: string };
  exports?: { names: readonly string[]; path: string };
  /** Bytes of all its binaries. */
  size?: number;
  /** Grants that some target cannot honour: by the word that the declaration has for them. */
  grants?: { refusal: Refusal; word: string; values: readonly string[]; path: string }[];
  /** Host requirements by the names that Spin gives them (crates/locked-app/src/locked.rs). */
  requirements?: { name: string; path: string }[];
  dependencies?: { names: readonly string[]; path: string };
}
