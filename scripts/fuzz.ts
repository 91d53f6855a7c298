/**
 * `npm run fuzz -- [--seconds N] [--count N] [--seed S] [--from I]`: random and mutated inputs against everything that
 * reads what comes from outside. The same seed gives the same inputs; `--from` begins at a later one of them.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { Failure } from "./bootstrap/failure.mjs";
import { type Campaign, type Finding, runCampaign } from "./fuzz/campaign.ts";
import { asBase64 } from "./fuzz/input.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  const options = parseOptions(args);
  const targets = new URL("fuzz/targets.ts", import.meta.url).href;
  const campaign = await runCampaign({ ...options, targets, hangMs: 10_000, heapMb: 512 });
  process.stdout.write(report(campaign, options.seed));
  return campaign.finding === undefined ? 0 : 1;
}

export function report({ inputs, total, seconds, finding }: Campaign, seed: number): string {
  const counts = [...inputs].map(([name, count]) => `${String(count).padStart(9)}  ${name}\n`).join("");
  const rate = Math.round(total / seconds);
  const whole = `${total} inputs in ${seconds.toFixed(1)} s, ${rate} inputs/s, seed ${seed}`;
  return `${counts}${whole}: ${finding === undefined ? "nothing found.\n" : `a bug.\n\n${told(finding, seed)}`}`;
}

/** What a person needs to see it again. */
function told({ target, index, input, problem }: Finding, seed: number): string {
  const { form, base64 } = asBase64(input);
  return `${target} ${problem}
The input, as base64 of ${form} (${input.length} long):
${base64}
Again: npm run fuzz -- --seed ${seed} --from ${index} --count 1
`;
}

function parseOptions(args: string[]): { seconds: number; count: number; seed: number; from: number } {
  const usage = "npm run fuzz -- [--seconds <n>] [--count <n>] [--seed <n>] [--from <n>]";
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ args, options: { seconds: text, count: text, seed: text, from: text } });
    const number = (name: keyof typeof values, otherwise: number): number => {
      const value = values[name] ?? String(otherwise);
      if (/^\d{1,9}$/.test(value) || values[name] === undefined) return Number(value);
      throw new Error(`--${name} ${value} is no number of at most nine digits.`);
    };
    // A count alone is run to its end, however long it takes.
    const seconds = number("seconds", values.count === undefined ? 10 : Number.POSITIVE_INFINITY);
    const rest = { seed: number("seed", randomInt(1_000_000_000)), from: number("from", 0) };
    return { seconds, count: number("count", 1_000_000_000), ...rest };
  } catch (error) {
    throw new Failure((error as Error).message, `Usage: ${usage}`, { cause: error });
  }
}
