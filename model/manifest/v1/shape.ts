/** Which keys and types a manifest of version 1 has (crates/manifest/src/schema/v1.rs). */
import type { Issue } from "../../errors/index.ts";
import { shapes } from "../../toml/index.ts";
import { buildShape, filesShape, sourceShape, variablesShape } from "../shape.ts";

export function v1ShapeIssues(data: unknown): Issue[] {
  return manifest(data, "");
}

const { anything, list, map, table, text } = shapes({
  title: "The manifest",
  type: "ERR_SPIN_MANIFEST_TYPE",
  key: "ERR_SPIN_MANIFEST_KEY",
  missing: "ERR_SPIN_MANIFEST_MISSING",
});

const texts = list(text);

const component = table({
  "id!": text,
  "source!": sourceShape,
  "trigger!": table({}, anything),
  description: text,
  config: map(text),
  environment: map(text),
  files: filesShape,
  exclude_files: texts,
  allowed_http_hosts: texts,
  allowed_outbound_hosts: texts,
  key_value_stores: texts,
  sqlite_databases: texts,
  ai_models: texts,
  build: buildShape,
});

const manifest = table({
  spin_manifest_version: anything,
  spin_version: anything,
  "name!": text,
  version: text,
  description: text,
  authors: texts,
  "trigger!": table({ "type!": text }, anything),
  variables: variablesShape,
  component: list(component),
});
