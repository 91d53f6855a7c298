import { z } from "zod";
import type { ComponentDefinition } from "../../model/definition.ts";
import type { Json } from "../../model/json.ts";
import { validateComponent } from "../../model/validate/component.ts";
import { buildComponent, findBinary, hashSources } from "../build/index.ts";
import type { Context, Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, unknown } from "../definition/unknown.ts";
import { build, commands } from "../inputs/build.ts";
import { dependencies } from "../inputs/dependency.ts";
import { settings } from "../inputs/settings.ts";
import { source } from "../inputs/source.ts";

/** Inputs that go into the definition as they are, where they are given. */
const optional = [
  "description",
  "excludeFiles",
  "dependencies",
  "dependenciesInheritConfiguration",
  "profiles",
  "targets",
  "tool",
] as const;

const profile = z.strictObject({
  source: source.optional().describe("Takes the place of the component's."),
  environment: z.record(z.string(), z.string()).optional().describe("Added to the component's, and wins."),
  dependencies: dependencies.optional().describe("Added to the component's, and win."),
  ...commands,
});

export const component = {
  token: "spin:index:Component",
  description: "A WebAssembly component, its build, and what it may do.",
  inputs: z.strictObject({
    componentId: z.string().describe("Id in kebab case; routes refer to it."),
    source: source.describe("The .wasm file, relative to the project, or where to fetch it."),
    build: build.optional().describe("How to make it. Without it the file must be there."),
    grants: z.array(z.custom<unknown>()).default([]).describe("Definitions of `CapabilityGrant`s."),
    environment: z
      .record(z.string(), z.string())
      .default({})
      .describe("Environment variables; no templates."),
    description: z.string().optional().describe("For the list of routes."),
    excludeFiles: z
      .array(z.string())
      .optional()
      .describe("Glob patterns, relative to the project, of files that no grant hands out."),
    dependencies: dependencies.optional().describe("By the name of the import: what it is composed with."),
    dependenciesInheritConfiguration: z
      .boolean()
      .optional()
      .describe("Its dependencies may use all that it may. Better said for each of them."),
    profiles: z
      .record(z.string(), profile)
      .optional()
      .describe(
        "What it is instead, while Spin is told the profile. Other stacks are Pulumi's way to say that.",
      ),
    targets: z
      .array(z.custom<Json>())
      .optional()
      .describe("Environments that `spin build` holds it against. Default: the app's."),
    tool: z.record(z.string(), settings).optional().describe("Settings of tools, which Spin passes over."),
  }),
  outputs: z.object({
    sourceHash: z
      .string()
      .describe("`sha256:<hex>` over the watched files and the build, or over the binary."),
    digest: z.string().describe("`sha256:<hex>` of the binary."),
    sizeBytes: z.int().describe("Size of the binary."),
    imports: z.array(z.string()).describe("WIT interfaces that the binary imports."),
    exports: z.array(z.string()).describe("WIT interfaces that it exports."),
    definition: z.custom<ComponentDefinition>().describe("What `App` takes."),
  }),
  compared: ["componentId", "source", "build", "grants", "environment", ...optional, "sourceHash"],
  namedBy: "componentId",
  identify: ({ componentId }) => String(componentId),
  validate: (inputs) => validateComponent(partsOf(inputs)),
  async derive(inputs, { projectDir }) {
    if (hasUnknown(inputs["source"]) || hasUnknown(inputs["build"])) return unbuilt(inputs, unknown);
    const sourceHash = await hashSources(projectDir, sourceOf(inputs));
    const binary = await findBinary(projectDir, sourceOf(inputs), sourceHash);
    return binary === undefined ? unbuilt(inputs, sourceHash) : built(inputs, sourceHash, binary);
  },
  async create(inputs, context) {
    return { id: String(inputs["componentId"]), outputs: await make(inputs, context) };
  },
  update: (_id, _old, inputs, context) => make(inputs, context),
} satisfies ResourceDefinition as ResourceDefinition;

type Built = Awaited<ReturnType<typeof buildComponent>>;

async function make(inputs: Properties, { projectDir, log, signal }: Context): Promise<Properties> {
  const onOutput = (line: string): void => log(line);
  const binary = await buildComponent({ projectDir, inputs: sourceOf(inputs), onOutput, signal });
  return { ...inputs, ...built(inputs, binary.sourceHash, binary) };
}

function sourceOf({
  componentId,
  source,
  build: command,
}: Properties): Parameters<typeof buildComponent>[0]["inputs"] {
  return { componentId, source, ...(command === undefined ? {} : { build: command }) };
}

function built(
  inputs: Properties,
  sourceHash: string,
  binary: Omit<Built, "built" | "sourceHash">,
): Properties {
  const { digest, sizeBytes, imports, exports } = binary;
  const definition = { ...partsOf(inputs), digest, size: sizeBytes, imports, exports };
  return { sourceHash, digest, sizeBytes, imports, exports, definition };
}

/** Until it is built, only the parts that the binary decides are not known. */
function unbuilt(inputs: Properties, sourceHash: unknown): Properties {
  const open = { digest: unknown, imports: unknown, exports: unknown };
  return {
    sourceHash,
    ...open,
    sizeBytes: unknown,
    definition: { ...partsOf(inputs), ...open, size: unknown },
  };
}

function partsOf(
  inputs: Properties,
): Properties & Omit<ComponentDefinition, "digest" | "size" | "imports" | "exports"> {
  const { componentId, environment, grants } = inputs;
  const given = [...optional, "build"].filter((name) => name in inputs);
  return {
    id: componentId,
    source: inputs["source"],
    ...Object.fromEntries(given.map((name) => [name, inputs[name]])),
    environment,
    grants,
  };
}
