import type { z } from "zod";
import { type Issue, isSpinError, issue, type SpinError } from "../../model/errors/index.ts";
import { nearest } from "../../model/did-you-mean.ts";
import { formatPath } from "./property-path.ts";
import type { Context, Properties, ResourceDefinition } from "./resource.ts";
import { hasUnknown, omitUnknown } from "./unknown.ts";

export interface Checked {
  /** Inputs with their defaults. */
  inputs: Properties;
  /** The outputs that follow from them. */
  derived: Properties;
  issues: Issue[];
}

export interface CheckOptions {
  /** Where Pulumi secrets stand among the inputs; an empty path for one whose place is not known. */
  secrets?: readonly (readonly (string | number)[])[];
  /** What the resource was before: its stored inputs or outputs. */
  old?: Properties | undefined;
}

/** Everything that is wrong with a resource's inputs, or the inputs completed. Reads, never writes. */
export async function check(
  definition: ResourceDefinition,
  news: Properties,
  context: Context,
  { secrets = [], old }: CheckOptions = {},
): Promise<Checked> {
  const refused = secrets.filter((path) => !mayBeSecret(definition, path));
  if (refused.length > 0)
    return failed(
      news,
      refused.map((path) => exposedSecret(definition, path)),
    );
  const { inputs, issues } = checkShape(definition, news);
  if (issues.some(isError)) return failed(news, issues);
  try {
    issues.push(...((await definition.validate?.(omitUnknown(inputs), context)) ?? []));
    if (issues.some(isError)) return failed(news, issues);
    return { inputs, derived: (await definition.derive?.(inputs, context, old)) ?? {}, issues };
  } catch (error) {
    if (!isSpinError(error) || error.fault === "bug") throw error;
    return failed(news, [...issues, issueOf(error)]);
  }
}

/** An error that stands for a fault of the inputs. */
export function issueOf({ code, path = "", message, hint }: SpinError): Issue {
  return { code, severity: "error", path, message, hint };
}

function failed(inputs: Properties, issues: Issue[]): Checked {
  return { inputs, derived: {}, issues };
}

function isError({ severity }: Issue): boolean {
  return severity === "error";
}

function mayBeSecret(
  { acceptsSecrets = [] }: ResourceDefinition,
  [name]: readonly (string | number)[],
): boolean {
  return name === undefined ? acceptsSecrets.length > 0 : acceptsSecrets.includes(String(name));
}

function exposedSecret({ token }: ResourceDefinition, path: readonly (string | number)[]): Issue {
  const resource = token.split(":").at(-1);
  const place = path.length === 0 ? "An input" : `The input ${formatPath(path)}`;
  const message = `${place} of this ${resource} is a Pulumi secret, and the app's manifest would hold it in plain text.`;
  return issue("ERR_SPIN_INPUT_SECRET", formatPath(path), message);
}

/** Types, required inputs, unknown keys. What is not known yet is taken as it is. */
export function checkShape(
  { token, inputs: schema }: Pick<ResourceDefinition, "token" | "inputs">,
  given: Properties,
): Omit<Checked, "derived"> {
  // As everywhere in Pulumi, null is not given.
  const news = Object.fromEntries<unknown>(Object.entries(given).filter(([, value]) => value !== null));
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
  const told = problem.code === "invalid_key" ? (problem.issues[0] ?? problem) : problem;
  const text = told.message.replace(/^Invalid input: /, "");
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
