import type { ResourceValidationPolicy } from "@pulumi/policy";
import { hostVerdict, includesHost, type Risk, risks } from "../../../model/review/index.ts";
import { validateGrants } from "../grants.ts";

interface Config {
  highestRisk: Risk;
  allowed: string[];
}

const defaults: Config = { highestRisk: "medium", allowed: ["http://self", "https://self"] };

/** The risks are those of `pulumi-spin review`. */
export const outboundHosts: ResourceValidationPolicy = {
  name: "spin-outbound-hosts",
  description:
    "A grant names the hosts: no wildcards for every host, no private networks, no hosts that a variable decides.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name each host with its scheme, or list it in the policy's `allowed`.",
  configSchema: {
    properties: {
      highestRisk: { type: "string", enum: [...risks], default: defaults.highestRisk },
      allowed: { type: "array", items: { type: "string" }, default: defaults.allowed },
    },
  },
  validateResource: validateGrants(({ allowedOutboundHosts }, report, args) => {
    const { highestRisk, allowed } = { ...defaults, ...args.getConfig<Config>() };
    for (const [index, entry] of allowedOutboundHosts.entries()) {
      if (allowed.some((other) => includesHost(other, entry))) continue;
      const { risk, why } = hostVerdict(entry, "It");
      if (risks.indexOf(risk) > risks.indexOf(highestRisk))
        report(`allowedOutboundHosts[${index}] is "${entry}", of ${risk} risk: ${why}`);
    }
  }),
};
