import { readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { applyFixes, examine, type Finding, type Surroundings } from "../../model/doctor/index.ts";
import { SpinError } from "../../model/errors/index.ts";

export interface Fixed {
  text: string;
  fixed: Finding[];
}

/** A change may show others, as a conversion does. More rounds than any manifest needs. */
const mostRounds = 10;

/** Makes the changes that `decide` agrees to, until there are no more. Nothing is written. */
export async function fixText(
  original: string,
  lookAround: (text: string) => Promise<Surroundings>,
  decide: (finding: Finding, text: string) => Promise<boolean>,
): Promise<Fixed> {
  const declined = new Set<string>();
  const fixed: Finding[] = [];
  let text = original;
  for (let round = 0; round < mostRounds; round++) {
    const accepted: Finding[] = [];
    for (const finding of examine(text, await lookAround(text))) {
      const key = `${finding.code} ${finding.message}`;
      if (finding.fix === undefined || declined.has(key)) continue;
      if (await decide(finding, text)) accepted.push(finding);
      else declined.add(key);
    }
    const next = applyFixes(
      text,
      accepted.flatMap(({ fix }) => fix ?? []),
    );
    if (next === text) break;
    text = next;
    fixed.push(...accepted);
  }
  return { text, fixed };
}

/** In one step, so that no half-written manifest is ever there; refuses when somebody else changed it meanwhile. */
export async function replaceFile(file: string, before: string, after: string): Promise<void> {
  const target = await realpath(file);
  if ((await readFile(target, "utf8")) !== before) {
    throw new SpinError("ERR_SPIN_DOCTOR_CHANGED", `${file} was changed while its fixes were decided.`);
  }
  const beside = `${target}.${process.pid}.tmp`;
  await writeFile(beside, after, { mode: (await stat(target)).mode });
  await rename(beside, target);
}
