import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { type Binary, findBinary, loadBinary } from "./binary.ts";
import { describeStep, type Step, stepsOf } from "./commands.ts";
import { hashSources } from "./hash-sources.ts";
import type { BuildInputs } from "./inputs.ts";
import { recordDigest } from "./record.ts";

export type { BuildInputs } from "./inputs.ts";

export interface BuiltComponent extends Binary {
  sourceHash: string;
  /** False when an earlier build of the same sources served. */
  built: boolean;
}

export interface BuildOptions {
  projectDir: string;
  inputs: BuildInputs;
  /** Gets what the build prints, line by line. */
  onOutput?(line: string): void;
  /** Ends the build when it aborts. */
  signal?: AbortSignal;
}

/** Makes the binary of a component or fetches it, or finds that this was done. */
export async function buildComponent({
  projectDir,
  inputs,
  onOutput,
  signal,
}: BuildOptions): Promise<BuiltComponent> {
  const sourceHash = await hashSources(projectDir, inputs);
  const found = await findBinary(projectDir, inputs, sourceHash);
  if (found !== undefined) return { ...found, sourceHash, built: false };
  const isFetched = typeof inputs.source !== "string";
  if (!isFetched) await runBuild(projectDir, inputs, onOutput, signal);
  const binary = await loadBinary(projectDir, inputs);
  if (!isFetched) await recordDigest(sourceHash, binary.digest);
  return { ...binary, sourceHash, built: true };
}

async function runBuild(
  projectDir: string,
  inputs: BuildInputs,
  onOutput?: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  // One after the other, and none after one that fails.
  for (const step of stepsOf(inputs.build ?? {})) await runStep(step, projectDir, inputs, onOutput, signal);
}

async function runStep(
  step: Step,
  projectDir: string,
  { componentId, build }: BuildInputs,
  onOutput?: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { program, args, isShell } = step;
  const workdir = build?.workdir ?? ".";
  const cwd = resolve(projectDir, workdir);
  const { execa } = await import("execa");
  const running = execa(program, args, {
    cwd,
    shell: isShell,
    env: toolEnvironment(),
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  for await (const line of running.iterable({ from: "all" })) onOutput?.(line);
  const result = await running;
  if (!result.failed) return;
  const shown = `Component "${componentId}": \`${describeStep(step)}\` in ${workdir}`;
  const path = build?.commands === undefined ? "build.command" : "build.commands";
  if (result.code === "ENOENT" && !isShell && existsSync(cwd)) {
    throw new SpinError(
      "ERR_SPIN_BUILD_TOOL_MISSING",
      `${shown} could not start: there is no program "${program}".`,
      { path },
    );
  }
  throw new SpinError("ERR_SPIN_BUILD_FAILED", `${shown} ${endOf(result)}`, { path });
}

/** How it ended: by an exit code, by a signal, or before it began. */
function endOf({ exitCode, signal, shortMessage, all = "" }: Ended): string {
  if (exitCode === undefined && signal === undefined) return `could not start: ${shortMessage}`;
  const end = signal === undefined ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
  return `${end}:\n${all.trimEnd().split("\n").slice(-20).join("\n")}\n`;
}

interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  shortMessage?: string | undefined;
  all?: string | undefined;
}

/** A tool chain needs the user's environment, but none of Pulumi's passphrases, tokens and configuration. */
function toolEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_")));
}
