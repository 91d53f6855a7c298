import type { TargetName } from "../../model/capability/index.ts";
import { examine, type Finding } from "../../model/doctor/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { Command, CommandLine, Result } from "../command.ts";
import { type Answer, type Asker, createAsker } from "../doctor/ask.ts";
import { fixText, replaceFile } from "../doctor/fix.ts";
import { fixDiff, fixDiffs, renderFinding, renderFindings, renderSummary } from "../doctor/render.ts";
import { surroundingsOf } from "../doctor/surroundings.ts";
import { locateManifest, type ManifestPlace, readManifestText } from "../../registry/local-content/index.ts";
import { targetsOf } from "../target-option.ts";

export const doctor: Command = {
  name: "doctor",
  usage: "[FILE] [--target TARGET] [--fix [--yes]] [--fail-on warning|error]",
  summary:
    "Checks a spin.toml and what lies around it, says why and what to do, and fixes what is safe to fix.",
  details: `
FILE               A spin.toml or its folder. Default: the spin.toml here.
--target TARGET    Where it is to run: spin-up, spin-up@3.6, spinkube, akamai-functions, fermyon-cloud or
                   bundled-host; several with commas. Default: those of them that the manifest's targets name.
--fix              Asks about each change that is safe, at a terminal. Comments and order are kept.
--yes              With --fix: makes all of them without asking.
--fail-on LEVEL    Exits 1 for findings of this level. Default: error.`,
  arguments: 0,
  optionalArguments: 1,
  flags: ["fix", "yes"],
  options: ["target", "fail-on"],
  async run(line) {
    const level = levelOf(line.options.get("fail-on"));
    const asker = askerFor(line);
    const targets = targetsOf(line);
    const place = await locateManifest(line.arguments[0] ?? ".");
    const original = await readManifestText(place);
    try {
      const fixed = asker === undefined ? undefined : await fix(place, original, targets, asker);
      const text = fixed?.text ?? original;
      const findings = examine(text, await surroundingsOf(text, place.root, targets));
      return resultOf(findings, fixed?.fixed ?? [], text, place.shown, level);
    } finally {
      asker?.close();
    }
  },
};

const levels = ["warning", "error"] as const;
type Level = (typeof levels)[number];

function levelOf(text: string | undefined): Level {
  const level = levels.find((it) => it === (text ?? "error"));
  if (level !== undefined) return level;
  throw new SpinError("ERR_SPIN_CLI_USAGE", `--fail-on is a level, not "${text}".`, {
    hint: `The levels are ${levels.join(" and ")}.`,
  });
}

/** Who decides about changes: a person at a terminal, or nobody with --yes. `undefined`: nothing shall change. */
function askerFor({ flags, format }: CommandLine): Asker | undefined {
  if (flags.has("yes") && !flags.has("fix")) {
    throw new SpinError("ERR_SPIN_CLI_USAGE", "--yes answers what --fix asks, and --fix is not there.", {
      hint: "Write --fix --yes to make all changes that are safe.",
    });
  }
  if (!flags.has("fix")) return undefined;
  if (flags.has("yes")) return { ask: () => Promise.resolve("yes"), close: () => undefined };
  if (process.stdin.isTTY && process.stdout.isTTY && format === "plain")
    return createAsker(process.stdin, process.stdout);
  throw new SpinError(
    "ERR_SPIN_CLI_USAGE",
    "--fix asks about each change, and there is nobody at a terminal to ask.",
    {
      hint: "Write --fix --yes to make all changes that are safe, or leave --fix out to see them.",
    },
  );
}

async function fix(
  { file, shown, root }: ManifestPlace,
  original: string,
  targets: readonly TargetName[] | undefined,
  asker: Asker,
): Promise<{ text: string; fixed: Finding[] }> {
  let rest: Answer | undefined;
  const decide = async (finding: Finding, text: string): Promise<boolean> => {
    const answer =
      rest ?? (await asker.ask(() => `${renderFinding(finding, shown, fixDiff(finding, text))}\n`));
    if (answer === "all") rest = "yes";
    if (answer === "quit") rest = "no";
    return answer === "yes" || answer === "all";
  };
  const result = await fixText(original, (text) => surroundingsOf(text, root, targets), decide);
  if (result.text !== original) await replaceFile(file, original, result.text);
  return result;
}

function resultOf(
  findings: readonly Finding[],
  fixed: readonly Finding[],
  text: string,
  shown: string,
  level: Level,
): Result {
  const told = fixed.map(({ fix: done, message }) => `fixed: ${done?.title ?? message}\n`).join("");
  const failing = levels.slice(levels.indexOf(level));
  const diffs = fixDiffs(findings, text);
  const describe = (finding: Finding): object => {
    const { fix: offered } = finding;
    const diff = diffs.get(finding);
    if (offered === undefined) return finding;
    return { ...finding, fix: { ...offered, ...(diff === undefined ? {} : { diff }) } };
  };
  return {
    data: { file: shown, findings: findings.map(describe), fixed },
    text: [told, renderFindings(findings, diffs, shown), renderSummary(findings, shown)]
      .filter((part) => part !== "")
      .join("\n"),
    exitCode: findings.some(({ severity }) => failing.some((it) => it === severity)) ? 1 : 0,
  };
}
