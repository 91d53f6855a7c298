import { akamaiFunctions } from "./akamai-functions.ts";
import { bundledHost } from "./bundled-host.ts";
import { fermyonCloud } from "./fermyon-cloud.ts";
import { spinUp27, spinUp36, spinUp40, spinUp41 } from "./spin-up.ts";
import { spinkube } from "./spinkube.ts";
import type { Target } from "./types.ts";

export const targets = {
  "bundled-host": bundledHost,
  "spin-up-2.7": spinUp27,
  "spin-up-3.6": spinUp36,
  "spin-up-4.0": spinUp40,
  "spin-up-4.1": spinUp41,
  spinkube,
  "akamai-functions": akamaiFunctions,
  "fermyon-cloud": fermyonCloud,
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
