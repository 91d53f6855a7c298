/**
 * `npm run fuzz -- [--seconds N] [--count N] [--seed S] [--from I] [--only TARGET]`: random and mutated inputs against
 * everything that reads what comes from outside, and made-up guests that are reset against fresh ones. The same seed gives
 * the same inputs; `--from` begins at a later one of them.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "./bootstrap/failure.mjs";
import { runDir } from "./bootstrap/paths.mjs";
import { type Campaign, type Finding, runCampaign } from "./fuzz/campaign.ts";
import { asBase64 } from "./fuzz/input.ts";
import { targets as all } from "./fuzz/targets.ts";

const names = all.map(({ name }) => name);

export async function main({ args }: { args: string[] }): Promise<number> {
  const options = parseOptions(args);
  if (options.only !== undefined && !names.includes(options.only))
    throw new Failure(`There is no target "${options.only}".`, `The targets are ${names.join(", ")}.`);
  const targets = new URL("fuzz/targets.ts", import.meta.url).href;
  const campaign = await runCampaign({ ...options, targets, hangMs: 10_000, heapMb: 512 });
  process.stdout.write(report(campaign, options, save));
  return campaign.finding === undefined ? 0 : 1;
}

/** What was run, and of a bug what makes it again. `save` keeps what is too long to be shown, and returns where. */
export function report(
  { inputs, total, seconds, finding }: Campaign,
  { seed, only }: Pick<Options, "seed" | "only">,
  save: (name: string, text: string) => string,
): string {
  const counts = [...inputs].map(([name, count]) => `${String(count).padStart(9)}  ${name}\n`).join("");
  const rate = Math.round(total / seconds);
  const whole = `${total} inputs in ${seconds.toFixed(1)} s, ${rate} inputs/s, seed ${seed}`;
  return `${counts}${whole}: ${finding === undefined ? "nothing found.\n" : `a bug.\n\n${told(finding, { seed, only }, save)}`}`;
}

const longestShown = 4000;

function told(
  { target, index, input, problem }: Finding,
  { seed, only }: Pick<Options, "seed" | "only">,
  save: (name: string, text: string) => string,
): string {
  const { form, base64 } = asBase64(input);
  const isShort = base64.length <= longestShown;
  const shown = isShort ? base64 : `in ${save(`${target}-${seed}-${index}.base64`, base64)}`;
  return `${target} ${problem}
The input, as base64 of ${form} (${input.length} long):
${shown}
Again: npm run fuzz -- --seed ${seed} --from ${index} --count 1${only === undefined ? "" : ` --only ${only}`}
`;
}

/** Beside what other runs leave behind. */
function save(name: string, text: string): string {
  const dir = join(runDir, "fuzz");
  mkdirSync(dir, { recursive: true });
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

interface Options {
  seconds: number;
  count: number;
  seed: number;
  from: number;
  only?: string | undefined;
}

function parseOptions(args: string[]): Options {
  const usage = "npm run fuzz -- [--seconds <n>] [--count <n>] [--seed <n>] [--from <n>] [--only <target>]";
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { seconds: text, count: text, seed: text, from: text, only: text },
    });
    const number = (name: Exclude<keyof typeof values, "only">, otherwise: number): number => {
      const value = values[name] ?? String(otherwise);
      if (/^\d{1,9}$/.test(value) || values[name] === undefined) return Number(value);
      throw new Error(`--${name} ${value} is no number of at most nine digits.`);
    };
    // A count alone is run to its end, however long it takes.
    const seconds = number("seconds", values.count === undefined ? 10 : Number.POSITIVE_INFINITY);
    const rest = { seed: number("seed", randomInt(1_000_000_000)), from: number("from", 0) };
    return { seconds, count: number("count", 1_000_000_000), ...rest, only: values.only };
  } catch (error) {
    throw new Failure((error as Error).message, `Usage: ${usage}`, { cause: error });
  }
}
