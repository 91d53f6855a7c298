import type { AppDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";

/** The values a deployment gives, held against the variables the app declares. `undefined` is not known yet. */
export function validateDeployment(
  app: Partial<Pick<AppDefinition, "variables">>,
  values: Record<string, string | undefined> | undefined,
): Issue[] {
  if (app.variables === undefined || values === undefined) return [];
  const names = app.variables.map(({ name }) => name);
  const missing = app.variables.filter(({ name, required }) => required && !Object.hasOwn(values, name));
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  return [
    ...missing.map(({ name }) =>
      issue(
        "ERR_SPIN_DEPLOYMENT_VARIABLE_MISSING",
        "variables",
        `The app requires the variable "${name}", and this deployment gives it no value.`,
        { hint: `Add it: variables: { ${name}: … }.` },
      ),
    ),
    ...unknown.map((name) => {
      const guess = nearest(name, names);
      return issue(
        "ERR_SPIN_DEPLOYMENT_VARIABLE_UNKNOWN",
        `variables.${name}`,
        `The app declares no variable "${name}".`,
        guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
      );
    }),
  ];
}
