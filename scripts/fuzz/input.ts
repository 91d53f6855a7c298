/** Inputs by seed and index: nothing else decides what one is, so each can be made again without the others. */
import { bytesFrom } from "./mutate-bytes.ts";
import { textFrom } from "./mutate-text.ts";
import { tomlFrom } from "./mutate-toml.ts";
import { type Many, randomOf } from "./random.ts";
import type { Target } from "./target.ts";

/** One target's turn, with an input for it. */
export type Turn = { target: Target; input: string | Uint8Array; run: () => unknown };

/** The target of this name alone, or all of them. */
export function chosen(targets: Many<Target>, only: string | undefined): Many<Target> {
  const found = targets.find(({ name }) => name === only);
  return found === undefined ? targets : [found];
}

/** Targets take turns. */
export function turnOf(targets: Many<Target>, seed: number, index: number): Turn {
  const target = targets[index % targets.length] ?? targets[0];
  const random = randomOf(seed, index);
  if (target.kind === "bytes") {
    const input = bytesFrom(target.seeds, random);
    return { target, input, run: () => target.run(input) };
  }
  const { kind, seeds } = target;
  const input = kind === "toml" && !random.oneIn(3) ? tomlFrom(seeds, random) : textFrom(seeds, random);
  return { target, input, run: () => target.run(input) };
}

/** UTF-8 cannot say half of a surrogate pair; such a text is told as UTF-16. */
export function asBase64(input: string | Uint8Array): { form: string; base64: string } {
  if (typeof input !== "string") return { form: "bytes", base64: Buffer.from(input).toString("base64") };
  const form = input.isWellFormed() ? "utf8" : "utf16le";
  return { form, base64: Buffer.from(input, form).toString("base64") };
}
