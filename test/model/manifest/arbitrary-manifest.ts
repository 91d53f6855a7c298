/** Manifests with every key there is: right in keys and types, and of any content. */
import fc from "fast-check";
import { anyCharacter } from "../../support/any-character.ts";
import type { Manifest } from "../../../model/index.ts";

const text = fc.string({ unit: anyCharacter, maxLength: 12 }).map((it) => it.toWellFormed());
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const kebab = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("-"));
const texts = fc.array(text, { maxLength: 3 });
const record = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const optional = <T extends object>(
  shape: { [K in keyof T]: fc.Arbitrary<T[K]> },
  required: (keyof T)[] = [],
) => fc.record(shape, { requiredKeys: required as never[] });

/** What tools and triggers of their own kind say: all that TOML can. */
const setting = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }).map((it) => (Object.is(it, -0) ? 0 : it)),
    fc.array(tie("value"), { maxLength: 3 }),
    record(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
    ),
  ),
})).value;
const settings = record(kebab, record(kebab, setting));

const inherit = fc.oneof(fc.boolean(), fc.array(fc.constantFrom("files", "variables"), { maxLength: 2 }));
const options = { export: text, inherit_configuration: inherit };
const dependency = fc.oneof(
  text,
  optional({ version: text, registry: text, package: text, ...options }, ["version"]),
  optional({ path: text, ...options }, ["path"]),
  optional({ url: text, digest: text, ...options }, ["url", "digest"]),
  optional({ component: text, ...options }, ["component"]),
);
const dependencies = record(fc.oneof(kebab, fc.constantFrom("ns:pkg", "ns:pkg/face@1.0.0")), dependency);

const source = fc.oneof(
  text,
  fc.record({ url: text, digest: text }),
  optional({ registry: text, package: text, version: text }, ["package", "version"]),
);
const command = fc.oneof(text, texts);

const component = optional(
  {
    source,
    description: text,
    variables: record(word, text),
    environment: record(
      text.filter((key) => key !== "__proto__"),
      text,
    ),
    files: fc.array(fc.oneof(text, fc.record({ source: text, destination: text })), { maxLength: 3 }),
    exclude_files: texts,
    allowed_http_hosts: texts,
    allowed_outbound_hosts: texts,
    key_value_stores: texts,
    sqlite_databases: texts,
    ai_models: texts,
    targets: fc.array(fc.oneof(text, fc.record({ url: text })), { maxLength: 2 }),
    build: optional({ command, workdir: text, watch: texts }, ["command"]),
    tool: settings,
    dependencies_inherit_configuration: fc.boolean(),
    dependencies,
    profile: record(
      kebab,
      optional({ source, environment: record(word, text), dependencies, build: fc.record({ command }) }),
    ),
  },
  ["source"],
);

const route = fc.oneof(text, fc.record({ private: fc.boolean() }));
const trigger = optional({
  id: kebab,
  component: fc.oneof(kebab, component),
  components: record(kebab, fc.oneof(kebab, component, fc.array(kebab, { maxLength: 2 }))),
  dependencies: record(kebab, fc.array(dependency, { maxLength: 2 })),
  route,
  static_response: fc.record({ status_code: fc.nat(), headers: record(word, text), body: text }),
  schedule: setting,
});

export const arbitraryManifest = optional(
  {
    spin_manifest_version: fc.constant(2 as const),
    application: optional(
      {
        name: text,
        version: text,
        description: text,
        authors: texts,
        targets: fc.array(text, { maxLength: 2 }),
        trigger: settings,
        tool: settings,
      },
      ["name"],
    ),
    variables: record(
      word,
      optional({ description: text, required: fc.boolean(), default: text, secret: fc.boolean() }),
    ),
    trigger: record(kebab, fc.array(trigger, { maxLength: 3 })),
    component: record(kebab, component),
  },
  ["spin_manifest_version", "application", "trigger"],
) as unknown as fc.Arbitrary<Manifest>;
