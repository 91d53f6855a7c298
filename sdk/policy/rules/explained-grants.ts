import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateGrants } from "../grants.ts";

interface Config {
  required: ("reason" | "owner")[];
}

const defaults: Config = { required: ["reason", "owner"] };

export const explainedGrants: ResourceValidationPolicy = {
  name: "spin-grants-explained",
  description: "Each grant says why it is needed and who answers for it.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Give the CapabilityGrant a `reason` and an `owner`.",
  configSchema: {
    properties: {
      required: {
        type: "array",
        items: { type: "string", enum: ["reason", "owner"] },
        default: defaults.required,
      },
    },
  },
  validateResource: validateGrants((grant, report, args) => {
    const { required } = { ...defaults, ...args.getConfig<Config>() };
    const missing = required.filter((name) => !grant[name]?.trim());
    if (missing.length > 0) report(`The grant has no ${missing.join(" and no ")}.`);
  }),
};
