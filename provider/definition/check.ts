import type { z } from "zod";
import { type Issue, isSpinError, issue } from "../../model/errors/index.ts";
import { nearest } from "../../model/did-you-mean.ts";
import type { Context, Properties, ResourceDefinition } from "./resource.ts";
import { hasUnknown, omitUnknown } from "./unknown.ts";

export interface Checked {
  /** Inputs with their defaults, and the outputs that follow from them. */
  inputs: Properties;
  issues: Issue[];
}

export interface CheckOptions {
  /** One of the inputs is a Pulumi secret. */
  holdsSecret?: boolean;
}

/** Everything that is wrong with a resource's inputs, or the inputs completed. Reads, never writes. */
export async function check(
  definition: ResourceDefinition,
  news: Properties,
  context: Context,
  { holdsSecret = false }: CheckOptions = {},
): Promise<Checked> {
  if (holdsSecret && definition.acceptsSecrets !== true) {
    const resource = definition.token.split(":").at(-1);
    const message = `An input of this ${resource} is a Pulumi secret, and the app's manifest would hold it in plain text.`;
    return { inputs: news, issues: [issue("ERR_SPIN_INPUT_SECRET", "", message)] };
  }
  const { inputs, issues } = checkShape(definition, news);
  if (issues.some(isError)) return { inputs: news, issues };
  try {
    issues.push(...((await definition.validate?.(omitUnknown(inputs), context)) ?? []));
    if (issues.some(isError)) return { inputs: news, issues };
    return { inputs: { ...inputs, ...(await definition.derive?.(inputs, context)) }, issues };
  } catch (error) {
    if (!isSpinError(error) || error.fault === "bug") throw error;
    const failure: Issue = {
      code: error.code,
      severity: "error",
      path: error.path ?? "",
      message: error.message,
      hint: error.hint,
    };
    return { inputs: news, issues: [...issues, failure] };
  }
}

function isError({ severity }: Issue): boolean {
  return severity === "error";
}

/** Types, required inputs, unknown keys. What is not known yet is taken as it is. */
function checkShape({ token, inputs: schema }: ResourceDefinition, news: Properties): Checked {
  const issues: Issue[] = [];
  const fields = Object.entries(schema.shape) as [string, z.ZodType][];
  const names = fields.map(([name]) => name);
  for (const key of Object.keys(news)) {
    if (!names.includes(key)) issues.push(unknownInput(key, key, names, token));
  }
  const inputs: Properties = {};
  for (const [name, field] of fields) {
    const result = field.safeParse(news[name]);
    if (result.success) {
      if (result.data !== undefined) inputs[name] = result.data;
      continue;
    }
    const found = result.error.issues.filter((problem) => !hasUnknown(valueAt(news[name], problem.path)));
    issues.push(...found.flatMap((problem) => describe(name, news[name], problem, token)));
    if (found.length === 0) inputs[name] = news[name];
  }
  return { inputs, issues };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((inner: unknown, key) => (inner as Properties | undefined)?.[key as string], value);
}

function describe(name: string, value: unknown, problem: z.core.$ZodIssue, token: string): Issue[] {
  const path = formatPath([name, ...problem.path]);
  if (problem.code === "unrecognized_keys") {
    return problem.keys.map((key) => unknownInput(`${path}.${key}`, key, [], token));
  }
  if (valueAt(value, problem.path) === undefined) {
    return [issue("ERR_SPIN_INPUT_MISSING", path, `${path} is missing. ${expectation(problem)}`)];
  }
  return [issue("ERR_SPIN_INPUT_TYPE", path, expectation(problem))];
}

/** Zod's own words say what was expected and what was found; ours are a full sentence. */
function expectation(problem: z.core.$ZodIssue): string {
  const text = problem.message.replace(/^Invalid input: /, "");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function unknownInput(path: string, key: string, names: string[], token: string): Issue {
  const guess = nearest(key, names);
  const resource = token.split(":").at(-1);
  const hint =
    guess === undefined ? `Remove it: ${resource} knows ${names.join(", ")}.` : `Did you mean "${guess}"?`;
  return issue(
    "ERR_SPIN_INPUT_UNKNOWN",
    path,
    `${resource} has no input "${key}".`,
    names.length === 0 ? {} : { hint },
  );
}

/** `["routes", 1, "route"]` → `routes[1].route`, as Pulumi writes property paths. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
