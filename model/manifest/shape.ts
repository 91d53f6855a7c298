/** Which keys and types spin.toml has. Unknown keys are errors everywhere but in triggers, tools and their settings. */
import type { Issue } from "../errors/index.ts";
import { isTable, type Shape, shapes } from "../toml/index.ts";

/** What keeps parsed TOML from being a manifest of version 2: types, missing and unknown keys. */
export function shapeIssues(data: unknown): Issue[] {
  return manifest(data, "");
}

const { anything, either, flag, list, map, table, text, wrongType } = shapes({
  title: "The manifest",
  type: "ERR_SPIN_MANIFEST_TYPE",
  key: "ERR_SPIN_MANIFEST_KEY",
  missing: "ERR_SPIN_MANIFEST_MISSING",
  hints: {
    application: 'Add a table [application] with `name = "…"`.',
    trigger: 'Add a trigger: [[trigger.http]] with `route = "/..."` and `component = "<id>"`.',
  },
});

const texts = list(text);
const settings = map(map(anything));
const command = either(Array.isArray, texts, text);

export const sourceShape: Shape = (value, path) => {
  if (typeof value === "string") return [];
  if (!isTable(value))
    return [wrongType(value, path, "a path, or a table with url and digest, or with package and version")];
  const isRegistry = Object.hasOwn(value, "package") || Object.hasOwn(value, "registry");
  const shape = isRegistry
    ? table({ registry: text, "package!": text, "version!": text })
    : table({ "url!": text, "digest!": text });
  return shape(value, path);
};

export const filesShape = list(
  either((value) => typeof value === "string", text, table({ "source!": text, "destination!": text })),
);
export const buildShape = table({ "command!": command, workdir: text, watch: texts });
export const variablesShape = map(table({ description: text, required: flag, default: text, secret: flag }));

const inherit = either(Array.isArray, texts, flag);
const options = { export: text, inherit_configuration: inherit };

/** The key that tells which form a dependency has decides which others there may be. */
export const dependencyShape: Shape = (value, path) => {
  if (typeof value === "string") return [];
  if (!isTable(value))
    return [wrongType(value, path, "a version, or a table with version, path, url or component")];
  if (Object.hasOwn(value, "component")) return table({ "component!": text, ...options })(value, path);
  if (Object.hasOwn(value, "path")) return table({ "path!": text, ...options })(value, path);
  if (Object.hasOwn(value, "url")) return table({ "url!": text, "digest!": text, ...options })(value, path);
  return table({ "version!": text, registry: text, package: text, ...options })(value, path);
};

const component = table({
  "source!": sourceShape,
  description: text,
  variables: map(text),
  environment: map(text),
  files: filesShape,
  exclude_files: texts,
  allowed_http_hosts: texts,
  allowed_outbound_hosts: texts,
  key_value_stores: texts,
  sqlite_databases: texts,
  ai_models: texts,
  targets: list(anything),
  build: buildShape,
  tool: settings,
  dependencies_inherit_configuration: flag,
  dependencies: map(dependencyShape),
  profile: map(
    table({
      source: sourceShape,
      environment: map(text),
      dependencies: map(dependencyShape),
      build: table({ "command!": command }),
    }),
  ),
});

const componentSpec = either((value) => typeof value === "string", text, component);

const trigger = table(
  {
    id: text,
    component: componentSpec,
    components: map(either(Array.isArray, list(componentSpec), componentSpec)),
    dependencies: map(list(dependencyShape)),
  },
  anything,
);

const manifest = table({
  "spin_manifest_version!": anything,
  "application!": table({
    "name!": text,
    version: text,
    description: text,
    authors: texts,
    targets: list(anything),
    trigger: settings,
    tool: settings,
  }),
  variables: variablesShape,
  "trigger!": map(list(trigger)),
  component: map(component),
});
