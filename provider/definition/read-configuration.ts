import { nearest } from "../../model/did-you-mean.ts";
import { describeIssue, type Issue, issue, SpinError } from "../../model/errors/index.ts";
import { checkShape } from "./check.ts";
import { type Configuration, configurationSchema } from "./configuration.ts";
import type { Properties } from "./resource.ts";
import { hasUnknown } from "./unknown.ts";

const prefix = "spin:";
const fields = configurationSchema.shape;
/** Not ours: the engine adds them. */
const foreign = ["version", "pluginDownloadURL"];

/** What is wrong with the values; unknown names are warnings, since stacks keep what older versions knew. */
export function checkConfiguration(given: Properties): Issue[] {
  const names = Object.keys(fields);
  const misnamed = Object.keys(given).filter((name) => !names.includes(name) && !foreign.includes(name));
  const warnings = misnamed.map((name) => {
    const guess = nearest(name, names);
    const hint =
      guess === undefined ? `Remove it: there are ${names.join(", ")}.` : `Did you mean "${guess}"?`;
    const message = `The provider has no setting "${name}".`;
    return issue("ERR_SPIN_CONFIG_UNKNOWN", name, message, { hint, severity: "warning" });
  });
  return [...warnings, ...shapeOf(given).issues];
}

/** The values that the process works with. Throws a SpinError that names all that is wrong with them. */
export function readConfiguration(given: Properties): Configuration {
  const { inputs, issues } = shapeOf(given);
  const [first] = issues;
  if (first !== undefined) {
    const found = issues.map((each) => `spin:${describeIssue(each)}`).join(" ");
    throw new SpinError(first.code, `The provider's configuration: ${found}`, {
      hint: "Correct it: pulumi config set --path spin:…",
    });
  }
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
}

/** Those settings in a stack's whole configuration that are the provider's: `spin:hostDir` is `hostDir`. */
export function settingsIn(config: Readonly<Record<string, string>>): Properties {
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** Names of the settings that may hold a secret somewhere. */
export const secretSettings: readonly string[] = Object.entries(fields)
  .filter(([, field]) => field.meta()?.["secret"] === true)
  .map(([name]) => name);

function shapeOf(given: Properties): { inputs: Properties; issues: Issue[] } {
  const known = Object.entries(given).filter(([name]) => name in fields);
  const values = Object.fromEntries(known.map(([name, value]) => [name, structured(name, value)]));
  return checkShape({ token: "spin:index:Provider", inputs: configurationSchema }, values);
}

/** A stack's configuration and generated SDKs hand over everything but texts as JSON. */
function structured(name: string, value: unknown): unknown {
  const isText = fields[name as keyof typeof fields].safeParse("text").success;
  if (isText || typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
