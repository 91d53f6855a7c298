import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateGrants } from "../grants.ts";

/** Schemes without encryption, and the one that stands for all. */
const plainSchemes = ["http", "ws", "redis", "mqtt", "mysql", "postgres", "*"];
/** What does not leave the machine, or the application. */
const local = /^(?:self|localhost|127(?:\.\d+){3}|\[::1\]|[\w.-]+\.spin\.internal)(?::.*)?$/;

interface Config {
  plainSchemes: string[];
}

const defaults: Config = { plainSchemes };

export const encryptedHosts: ResourceValidationPolicy = {
  name: "spin-outbound-encryption",
  description: "What a component sends to another machine is encrypted.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Grant the host by a scheme with TLS: https, rediss.",
  configSchema: {
    properties: { plainSchemes: { type: "array", items: { type: "string" }, default: plainSchemes } },
  },
  validateResource: validateGrants(({ allowedOutboundHosts }, report, args) => {
    const schemes = { ...defaults, ...args.getConfig<Config>() }.plainSchemes;
    for (const [index, entry] of allowedOutboundHosts.entries()) {
      const [scheme = "", host = ""] = entry.trim().split("://");
      if (schemes.includes(scheme) && !local.test(host))
        report(`allowedOutboundHosts[${index}] is "${entry}": ${scheme} may be read on its way.`);
    }
  }),
};
