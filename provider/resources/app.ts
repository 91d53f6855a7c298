import { z } from "zod";
import { capabilitiesOf, capabilityIssues, type CapabilityRow } from "../../model/capability/index.ts";
import type {
  AppDefinition,
  ComponentDefinition,
  RouteDefinition,
  VariableDefinition,
} from "../../model/definition.ts";
import { describeIssue } from "../../model/errors/index.ts";
import { lockApp, lockedAppDigest } from "../../model/locked-app/index.ts";
import { manifestOf, synthesize } from "../../model/manifest/index.ts";
import { validateApp } from "../../model/validate/app.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, isUnknown, omitUnknown, unknown } from "../definition/unknown.ts";

type Parts = Omit<AppDefinition, "lockedApp" | "digest">;

export const app = {
  token: "spin:index:App",
  description: "A Spin application: components, the routes that call them, and variables.",
  inputs: z.strictObject({
    name: z.string().describe("Name of the application."),
    version: z.string().default("").describe("Version, free text."),
    description: z.string().optional().describe("What it does."),
    authors: z.array(z.string()).default([]).describe("Who wrote it."),
    variables: z.array(z.custom<VariableDefinition>()).default([]).describe("Definitions of `Variable`s."),
    components: z.array(z.custom<ComponentDefinition>()).default([]).describe("Definitions of `Component`s."),
    routes: z.array(z.custom<RouteDefinition>()).default([]).describe("Definitions of `Route`s."),
  }),
  outputs: z.object({
    manifest: z.string().describe("The application as spin.toml."),
    digest: z.string().describe("`sha256:<hex>` of the locked application."),
    capabilities: z
      .array(z.custom<CapabilityRow>())
      .describe("What each component may do, and whether it could."),
    warnings: z.array(z.string()).describe("What a reviewer should look at."),
    definition: z.custom<AppDefinition>().describe("What a deployment takes."),
  }),
  namedBy: "name",
  identify: ({ name }) => String(name),
  validate: (inputs) => validateApp(inputs as Parts).filter(({ severity }) => severity === "error"),
  derive(inputs) {
    const parts = inputs as Parts;
    const known = omitUnknown(parts);
    const warnings = [...validateApp(known), ...capabilityIssues(known.components ?? [])];
    return {
      manifest: isManifestKnown(parts) ? synthesize(manifestOf(known)) : unknown,
      capabilities: isAnyUnknown(parts.components) ? unknown : capabilitiesOf(known.components),
      warnings: warnings.filter(({ severity }) => severity === "warning").map(describeIssue),
      ...lock(parts),
    };
  },
} satisfies ResourceDefinition as ResourceDefinition;

function lock(parts: Parts): Properties {
  if (hasUnknown(parts))
    return { digest: unknown, definition: { ...parts, lockedApp: unknown, digest: unknown } };
  const lockedApp = lockApp(parts);
  const digest = lockedAppDigest(lockedApp);
  return { digest, definition: { ...parts, lockedApp, digest } };
}

/** A component as a whole is not known: Pulumi's SDK makes a value with an unknown member unknown altogether. */
function isAnyUnknown(components: unknown): boolean {
  return !Array.isArray(components) || components.some(isUnknown);
}

/** The manifest names the binary's path, not its bytes: it is known before the components are built. */
function isManifestKnown({ components, ...rest }: Parts): boolean {
  if (hasUnknown(rest) || isAnyUnknown(components)) return false;
  return components.every(
    ({ digest: _digest, size: _size, imports: _imports, exports: _exports, ...own }) => !hasUnknown(own),
  );
}
