import { nearest } from "../../did-you-mean.ts";
import { SpinError } from "../../errors/index.ts";
import { akamaiFunctions } from "./akamai-functions.ts";
import { bundledHost } from "./bundled-host.ts";
import { fermyonCloud } from "./fermyon-cloud.ts";
import { spinUp27, spinUp36, spinUp40, spinUp41 } from "./spin-up.ts";
import { spinkube } from "./spinkube.ts";
import type { Target } from "./types.ts";

export const targets = {
  "bundled-host": bundledHost,
  "spin-up@2.7": spinUp27,
  "spin-up@3.6": spinUp36,
  "spin-up@4.0": spinUp40,
  "spin-up@4.1": spinUp41,
  spinkube,
  "akamai-functions": akamaiFunctions,
  "fermyon-cloud": fermyonCloud,
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

/** `spin-up` without a version: the latest that is released. */
const latest: TargetName = "spin-up@4.0";

/** The target of a name as people type it, `spin-up:3.6` as in spin.toml included. Throws ERR_SPIN_TARGET_UNKNOWN. */
export function targetNamed(text: string): TargetName {
  const name = text
    .trim()
    .replace(/[\s_]+/g, "-")
    .replace(":", "@");
  const names = Object.keys(targets) as TargetName[];
  const found = name === "spin-up" ? latest : names.find((it) => it === name);
  if (found !== undefined) return found;
  const guess = nearest(name, ["spin-up", ...names]);
  const known = `Targets are ${names.join(", ")}; spin-up alone is ${latest}.`;
  throw new SpinError("ERR_SPIN_TARGET_UNKNOWN", `There is no target "${text}".`, {
    hint: guess === undefined ? known : `Did you mean "${guess}"? ${known}`,
  });
}
