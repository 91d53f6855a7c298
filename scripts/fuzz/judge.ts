/** What a target may do with an input: give a value, or throw a SpinError. Anything else is a bug. */
import { inspect } from "node:util";
import { isSpinError, table } from "../../model/errors/index.ts";

/** What was wrong with a run, for a person; `undefined` when all was well. */
export function problemOf(run: () => unknown): string | undefined {
  return outcomeProblem(run) ?? pollutionProblem();
}

function outcomeProblem(run: () => unknown): string | undefined {
  try {
    const value = run();
    return value === undefined ? "gave nothing" : issueProblem(value);
  } catch (error) {
    if (!isSpinError(error)) return `threw ${error instanceof Error ? stackOf(error) : inspect(error)}`;
    return isTold(error) ? undefined : `threw a SpinError that says too little: ${inspect(error)}`;
  }
}

function stackOf(error: Error): string {
  return (error.stack ?? String(error)).split("\n").slice(0, 8).join("\n");
}

/** Of lists, those that are issues are judged. */
function issueProblem(value: unknown): string | undefined {
  const issues: unknown[] = Array.isArray(value) ? value : [];
  const poor = issues.find((it) => isRecord(it) && "severity" in it && !isTold(it));
  return poor === undefined ? undefined : `gave an issue that says too little: ${inspect(poor)}`;
}

function isTold(it: object): boolean {
  const { code, message, hint } = it as Record<string, unknown>;
  const texts = [code, message, hint];
  return texts.every((text) => typeof text === "string" && text !== "") && Object.hasOwn(table, String(code));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const shared = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const before = shared.map((it) => Reflect.ownKeys(it).length);

function pollutionProblem(): string | undefined {
  const polluted = shared.find((it, index) => Reflect.ownKeys(it).length !== before[index]);
  if (polluted === undefined) return undefined;
  return `changed a prototype that all objects share: it has ${inspect(Reflect.ownKeys(polluted).at(-1))} now`;
}
