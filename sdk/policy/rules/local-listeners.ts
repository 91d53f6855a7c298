import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResourcesOf } from "../validate.ts";

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

interface Config {
  allowed: string[];
}

/** The bundled host speaks HTTP without TLS. */
export const localListeners: ResourceValidationPolicy = {
  name: "spin-local-listeners",
  description: "A deployment on the bundled host answers plain HTTP on this machine only.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Listen on 127.0.0.1 behind a proxy with TLS, or list the address in the policy's `allowed`.",
  configSchema: { properties: { allowed: { type: "array", items: { type: "string" }, default: [] } } },
  validateResource: validateResourcesOf("HostDeployment", ({ listen = "127.0.0.1:3000" }, args, report) => {
    const { allowed = [] } = args.getConfig<Partial<Config>>();
    const address = listen.replace(/:\d+$/, "");
    if (!loopback.test(address) && !allowed.includes(address) && !allowed.includes(listen))
      report(`listen is "${listen}", which other machines reach without encryption.`);
  }),
};
