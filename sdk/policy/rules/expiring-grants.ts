import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { GrantDefinition } from "../../../model/definition.ts";
import { validateGrants } from "../grants.ts";

const kinds = [
  "allowedOutboundHosts",
  "keyValueStores",
  "sqliteDatabases",
  "aiModels",
  "files",
  "variables",
] as const satisfies readonly (keyof GrantDefinition)[];
const dayMs = 24 * 60 * 60 * 1000;

interface Config {
  kinds: (typeof kinds)[number][];
  mostDays: number;
}

const defaults: Config = { kinds: ["allowedOutboundHosts"], mostDays: 365 };

export const expiringGrants: ResourceValidationPolicy = {
  name: "spin-grants-expire",
  description: "Grants of some kinds end on a day, so that somebody looks at them again.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Give the CapabilityGrant `expires`, its last day.",
  configSchema: {
    properties: {
      kinds: { type: "array", items: { type: "string", enum: [...kinds] }, default: defaults.kinds },
      mostDays: { type: "integer", minimum: 1, default: defaults.mostDays },
    },
  },
  validateResource: validateGrants((grant, report, args) => {
    const config = { ...defaults, ...args.getConfig<Config>() };
    const granted = config.kinds.filter((kind) => Object.keys(grant[kind] ?? {}).length > 0);
    if (granted.length === 0) return;
    if (grant.expires === undefined) report(`The grant of ${granted.join(", ")} has no \`expires\`.`);
    else if (Date.parse(grant.expires) > Date.now() + config.mostDays * dayMs)
      report(
        `The grant of ${granted.join(", ")} ends with ${grant.expires}, in more than ${config.mostDays} days.`,
      );
  }),
};
