import type { TargetName } from "../capability/index.ts";
import type { Issue } from "../errors/index.ts";
import type { Binaries } from "../inspection/index.ts";
import type { Manifest } from "../manifest/types.ts";
import type { GivenVariables } from "../runtime-config/index.ts";
import type { Finding } from "./finding.ts";

/** What lies around a spin.toml, as far as somebody has looked. What is left out is not judged. */
export interface Surroundings {
  binaries?: Binaries;
  /** How many files each entry of `files` matches, or why that is not known, by path: `component.api.files[0]`. */
  mounts?: ReadonlyMap<string, number | Issue>;
  /** The text of the runtime-config.toml beside it; `undefined` when there is none. */
  runtimeConfig?: string;
  /** Names of the variables that would be given; left out where nobody looked. */
  given?: GivenVariables;
  /** Where the application is to run. */
  targets?: readonly TargetName[];
}

/** What the checks of a manifest look at. */
export interface Subject extends Surroundings {
  text: string;
  version: 1 | 2;
  manifest: Manifest;
  binaries: Binaries;
}

export type Check = (subject: Subject) => Finding[];
