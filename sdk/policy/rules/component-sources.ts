import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { SourceDefinition } from "../../../model/definition.ts";
import { validateDeployedApps } from "../deployed-apps.ts";
import { validateResourcesOf } from "../validate.ts";

/** What is left out is not judged. */
interface Config {
  registries?: string[];
  urlHosts?: string[];
}

/** Components of this project are built from what was reviewed; the others come from somewhere. */
export const componentSources: ResourceValidationPolicy = {
  name: "spin-component-sources",
  description:
    "Components that are fetched come from registries and hosts that are allowed, once some are named.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Build the component in this project, or take it from an allowed place.",
  configSchema: {
    properties: {
      registries: { type: "array", items: { type: "string" } },
      urlHosts: { type: "array", items: { type: "string" } },
    },
  },
  validateResource: [
    validateResourcesOf("Component", ({ source }, args, report) => {
      const problem = problemOf(source, args.getConfig<Config>());
      if (problem !== undefined) report(`The component is fetched from ${problem}.`);
    }),
    ...validateDeployedApps(({ components }, args, report) => {
      for (const { id, source } of components) {
        const problem = problemOf(source, args.getConfig<Config>());
        if (problem !== undefined) report(`The component "${id}" is fetched from ${problem}.`);
      }
    }),
  ],
};

function problemOf(source: SourceDefinition, { registries, urlHosts }: Config): string | undefined {
  if (typeof source === "string") return undefined;
  if ("url" in source) {
    const { host } = new URL(source.url);
    if (urlHosts === undefined || urlHosts.includes(host)) return undefined;
    return `${host}; allowed are ${list(urlHosts)}`;
  }
  if (registries === undefined || registries.includes(source.registry ?? "")) return undefined;
  const registry = source.registry ?? `the registry of the namespace of ${source.package}`;
  return `${registry}; allowed are ${list(registries)}`;
}

function list(names: string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
