import { z } from "zod";
import { capabilitiesOf, capabilityIssues, type CapabilityRow } from "../../model/capability/index.ts";
import type {
  AppDefinition,
  ComponentDefinition,
  RouteDefinition,
  TriggerDefinition,
  VariableDefinition,
} from "../../model/definition.ts";
import { describeIssue, isSpinError, SpinError } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";
import {
  type ContentResolver,
  lockApp,
  lockedAppDigest,
  normalizeApp,
} from "../../model/locked-app/index.ts";
import { manifestOf, synthesize } from "../../model/manifest/index.ts";
import { validateApp } from "../../model/validate/app.ts";
import { resourcePath } from "../../model/validate/resource-paths.ts";
import { localContent } from "../../registry/local-content/index.ts";
import { appReport } from "../report/app.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, isUnknown, omitUnknown, unknown } from "../definition/unknown.ts";
import { settings } from "../inputs/settings.ts";

type Parts = Omit<AppDefinition, "lockedApp" | "digest">;

const inputs = z.strictObject({
  name: z.string().describe("Name of the application."),
  version: z.string().default("").describe("Version, free text."),
  description: z.string().optional().describe("What it does."),
  authors: z.array(z.string()).default([]).describe("Who wrote it."),
  variables: z.array(z.custom<VariableDefinition>()).default([]).describe("Definitions of `Variable`s."),
  components: z.array(z.custom<ComponentDefinition>()).default([]).describe("Definitions of `Component`s."),
  routes: z.array(z.custom<RouteDefinition>()).default([]).describe("Definitions of `Route`s."),
  triggers: z
    .array(z.custom<TriggerDefinition>())
    .optional()
    .describe("Definitions of `RedisTrigger`s and `Trigger`s."),
  triggerSettings: z
    .record(z.string(), settings)
    .optional()
    .describe(
      "Settings of a trigger type for all its triggers, in Spin's own words: `{ redis: { address } }`.",
    ),
  triggerTypes: z
    .array(z.string())
    .optional()
    .describe("Order of the trigger types in the manifest. Default: http, then as declared."),
  targets: z.array(z.custom<Json>()).optional().describe("Environments that `spin build` holds it against."),
  tool: z.record(z.string(), settings).optional().describe("Settings of tools, which Spin passes over."),
});

export const app = {
  token: "spin:index:App",
  description: "A Spin application: components, the routes that call them, and variables.",
  inputs,
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
  validate: (parts) => validateApp(parts as Parts).filter(({ severity }) => severity === "error"),
  report: (planned, _context, old) => appReport(planned, old?.["manifest"]),
  // A mounted file may change while nothing in the program does.
  compared: [...Object.keys(inputs.shape), "digest"],
  async derive(given, { projectDir }) {
    const parts = given as Parts;
    const known = omitUnknown(parts);
    const warnings = [...validateApp(known), ...capabilityIssues(known.components ?? [])];
    return {
      manifest: isManifestKnown(parts) ? synthesize(manifestOf(known)) : unknown,
      capabilities: isAnyUnknown(parts.components) ? unknown : capabilitiesOf(known.components),
      warnings: warnings.filter(({ severity }) => severity === "warning").map(describeIssue),
      ...(await lock(parts, projectDir)),
    };
  },
} satisfies ResourceDefinition as ResourceDefinition;

async function lock(parts: Parts, projectDir: string): Promise<Properties> {
  if (hasUnknown(parts))
    return { digest: unknown, definition: { ...parts, lockedApp: unknown, digest: unknown } };
  const lockedApp = lockApp(parts, await contentOf(parts, projectDir));
  const digest = lockedAppDigest(lockedApp);
  return { digest, definition: { ...parts, lockedApp, digest } };
}

/** Files and dependencies are read where they lie; what a component is, it says itself. */
async function contentOf(parts: Parts, projectDir: string): Promise<ContentResolver> {
  const known = new Map(parts.components.map(({ id, digest }) => [id, { digest }]));
  try {
    return await localContent(normalizeApp(parts), projectDir, known);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const { code, message, hint, path = "" } = error;
    throw new SpinError(code, message, { path: appPath(path, parts), hint, cause: error });
  }
}

/** A path in the manifest as one of the app's inputs. */
function appPath(path: string, { components, triggers = [] }: Parts): string {
  const [, id, member = ""] = /^component\.([^.]+)\.(.*)$/s.exec(path) ?? [];
  const index = components.findIndex((it) => it.id === id);
  // Which of the grants hands out the files, the manifest no longer knows.
  if (index !== -1) return resourcePath(`components[${index}].${member.replace(/^files$/, "grants")}`);
  const [, type, place, role] = /^trigger\.([^.]+)\[(\d+)\]\.dependencies\.(.*)$/s.exec(path) ?? [];
  if (type === "http") return `routes[${place}].${role}`;
  const ofType = triggers.flatMap((it, position) => (it.type === type ? [position] : []));
  return resourcePath(`triggers[${ofType[Number(place)]}].dependencies.${role}`);
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
