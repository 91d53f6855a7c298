/** Targets with the bugs that a campaign is to find. A test chooses one by the query of the module's URL. */
import type { Many } from "../../../scripts/fuzz/random.ts";
import type { Target } from "../../../scripts/fuzz/target.ts";

const faults: Record<string, (input: string) => unknown> = {
  fine: (input) => input.length,
  throws: (input) => {
    if (input.includes("__proto__")) throw new TypeError("x.y is not a function");
    return input;
  },
  hangs: (input) => {
    while (input.includes("]]"));
    return input;
  },
  fills: (input) => {
    const kept: string[][] = [];
    while (input.includes("]]")) kept.push(Array.from({ length: 100_000 }, () => `${input}${kept.length}`));
    return kept;
  },
  recurses: (input) => {
    const depth = (at: number): number => (input[at] === "[" ? depth(at + 1) + 1 : 0);
    return Array.from(input, (_, at) => depth(at));
  },
  pollutes: (input) => {
    if (input.includes("=")) Object.assign(Object.prototype, { polluted: true });
    return input;
  },
  tells: () => [{ code: "ERR_SPIN_NOT_IN_THE_TABLE", severity: "error", message: "m", hint: "h" }],
  forgets: () => undefined,
};

const name = new URL(import.meta.url).searchParams.get("fault") ?? "fine";

export const targets: Many<Target> = [
  { kind: "text", name: "sound", seeds: ["a = 1"], run: (input) => input },
  { kind: "text", name, seeds: ["a = [1, 2]\n"], run: faults[name] ?? ((input) => input) },
];
