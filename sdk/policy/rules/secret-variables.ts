import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResourcesOf } from "../validate.ts";

interface Config {
  names: string;
}

const defaults: Config = {
  names: "(?:^|_)(?:password|passwd|secret|token|credentials?|(?:api|private)_key)(?:_|$)",
};

export const secretVariables: ResourceValidationPolicy = {
  name: "spin-secret-variables",
  description: "A variable whose name says that it is a secret is declared as one.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Declare the Variable with `secret: true` and give its value to the deployment.",
  configSchema: { properties: { names: { type: "string", format: "regex", default: defaults.names } } },
  validateResource: validateResourcesOf("Variable", ({ name = "", secret = false }, args, report) => {
    const { names } = { ...defaults, ...args.getConfig<Config>() };
    if (!secret && new RegExp(names).test(name)) report(`The variable "${name}" is not declared secret.`);
  }),
};
