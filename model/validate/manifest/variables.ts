import type { Issue } from "../../errors/index.ts";
import type { Manifest } from "../../manifest/types.ts";
import { pathTo } from "../../toml/index.ts";
import { validateVariable } from "../variable.ts";

/** A secret with a default is legal in Spin; it is told, since every artifact would hold it. */
export function variableIssues({ variables = {} }: Manifest): Issue[] {
  return Object.entries(variables).flatMap(([name, { required = false, secret = false, ...rest }]) => {
    const path = pathTo("variables", name);
    const definition = {
      name,
      required,
      secret,
      ...(rest.default === undefined ? {} : { default: rest.default }),
    };
    return validateVariable(definition).map((found) => ({
      ...found,
      path: found.path === "name" ? path : `${path}.${found.path}`,
      ...(found.code === "ERR_SPIN_VARIABLE_SECRET_DEFAULT"
        ? {
            severity: "warning" as const,
            hint: "Remove the default, write required = true, and give the value when the application is run.",
          }
        : {}),
    }));
  });
}
