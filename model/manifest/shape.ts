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
});

const texts = list(text);
const settings = map(map(anything));
const command = either(Array.isArray, texts, text);

const source: Shape = (value, path) => {
  if (typeof value === "string") return [];
  if (!isTable(value))
    return [wrongType(value, path, "a path, or a table with url and digest, or with package and version")];
  const isRegistry = Object.hasOwn(value, "package") || Object.hasOwn(value, "registry");
  const shape = isRegistry
    ? table({ registry: text, "package!": text, "version!": text })
    : table({ "url!": text, "digest!": text });
  return shape(value, path);
};

const component = table({
  "source!": source,
  description: text,
  variables: map(text),
  environment: map(text),
  files: list(
    either((value) => typeof value === "string", text, table({ "source!": text, "destination!": text })),
  ),
  exclude_files: texts,
  allowed_http_hosts: texts,
  allowed_outbound_hosts: texts,
  key_value_stores: texts,
  sqlite_databases: texts,
  ai_models: texts,
  targets: list(anything),
  build: table({ "command!": command, workdir: text, watch: texts }),
  tool: settings,
  dependencies_inherit_configuration: flag,
  dependencies: map(anything),
  profile: map(
    table({
      source,
      environment: map(text),
      dependencies: map(anything),
      build: table({ "command!": command }),
    }),
  ),
});

const trigger = table(
  {
    id: text,
    component: either((value) => typeof value === "string", text, component),
    components: map(anything),
    dependencies: map(anything),
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
  variables: map(table({ description: text, required: flag, default: text, secret: flag })),
  "trigger!": map(list(trigger)),
  component: map(component),
});
