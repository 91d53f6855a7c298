/** Which keys and types a manifest of version 1 has (crates/manifest/src/schema/v1.rs). */
import { type Issue, issue } from "../../errors/index.ts";
import { isTable, type Shape, shapes } from "../../toml/index.ts";
import { httpHostIssues } from "../http-hosts.ts";
import { buildShape, filesShape, sourceShape, variablesShape } from "../shape.ts";

/** What keeps parsed TOML from being a manifest of version 1: types, missing and unknown keys. */
export function v1ShapeIssues(data: unknown): Issue[] {
  return [...versionTwice(data), ...manifest(data, "")];
}

/** `spin_version` is another name of the same key, and no key stands twice. */
function versionTwice(data: unknown): Issue[] {
  const keys = ["spin_manifest_version", "spin_version"];
  if (!isTable(data) || !keys.every((key) => Object.hasOwn(data, key))) return [];
  const message = `The manifest has both "${keys.join('" and "')}", which are one key to Spin.`;
  return [issue("ERR_SPIN_MANIFEST_KEY", "spin_version", message, { hint: 'Remove "spin_version".' })];
}

const { anything, list, map, table, text } = shapes({
  title: "The manifest",
  type: "ERR_SPIN_MANIFEST_TYPE",
  key: "ERR_SPIN_MANIFEST_KEY",
  missing: "ERR_SPIN_MANIFEST_MISSING",
});

const texts = list(text);

/** Spin converts each, and refuses what it cannot. */
const httpHost: Shape = (value, path) =>
  typeof value === "string" ? httpHostIssues(value, path) : text(value, path);

/** A key of triggers in version 2. Version 1 would pass it to the trigger, which version 2 cannot say. */
const ofVersion2: Shape = (_value, path) => {
  const message = `${path} is a key of triggers in version 2, and the manifest is of version 1.`;
  const hint = "Remove it, or write the manifest as version 2.";
  return [issue("ERR_SPIN_MANIFEST_KEY", path, message, { hint })];
};

const component = table({
  "id!": text,
  "source!": sourceShape,
  "trigger!": table({ id: ofVersion2, components: ofVersion2, dependencies: ofVersion2 }, anything),
  description: text,
  config: map(text),
  environment: map(text),
  files: filesShape,
  exclude_files: texts,
  allowed_http_hosts: list(httpHost),
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
