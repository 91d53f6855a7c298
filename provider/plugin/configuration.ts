/** The provider's configuration: `spin:…` in a stack's configuration, or the arguments of an explicit provider. */
import { nearest } from "../../model/did-you-mean.ts";
import { describeIssue, type Issue, issue } from "../../model/errors/index.ts";
import type { Properties } from "../definition/resource.ts";
import { isUnknown } from "../definition/unknown.ts";
import { type Configuration, configurationSchema } from "../definition/configuration.ts";

/** Not ours: the engine adds the first two, the SDK for TypeScript reads the third. */
const foreign = ["version", "pluginDownloadURL", "plugin"];

/** What is wrong with the values; unknown names are warnings, since stacks keep what older versions knew. */
export function checkConfiguration(news: Properties): Issue[] {
  const names = Object.keys(configurationSchema.shape);
  const misnamed = Object.keys(news).filter((name) => !names.includes(name) && !foreign.includes(name));
  const warnings = misnamed.map((name) => {
    const guess = nearest(name, names);
    const hint =
      guess === undefined ? `Remove it: there are ${names.join(", ")}.` : `Did you mean "${guess}"?`;
    const message = `The provider has no setting "${name}".`;
    return issue("ERR_SPIN_CONFIG_UNKNOWN", name, message, { hint, severity: "warning" });
  });
  const problems = configurationSchema.safeParse(known(news)).error?.issues ?? [];
  return [
    ...warnings,
    ...problems.map(({ path, message }) =>
      issue("ERR_SPIN_INPUT_TYPE", path.join("."), `The setting ${path.join(".")}: ${message}.`),
    ),
  ];
}

/** The values that the process works with. */
export function readConfiguration(args: Properties): Configuration {
  return configurationSchema.parse(known(args));
}

export function describeWarnings(issues: Issue[]): string[] {
  return issues.filter(({ severity }) => severity === "warning").map(describeIssue);
}

function known(bag: Properties): Properties {
  const names = Object.keys(configurationSchema.shape);
  return Object.fromEntries(
    Object.entries(bag).filter(([name, value]) => names.includes(name) && !isUnknown(value)),
  );
}
