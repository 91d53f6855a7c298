/** Generated definitions: nasty texts everywhere a text may stand, but ids and names as Spin wants them. */
import fc from "fast-check";
import { anyCharacter } from "../../support/any-character.ts";
import type {
  ComponentDefinition,
  DependencyDefinition,
  GrantDefinition,
  RouteDefinition,
  TriggerDefinition,
  VariableDefinition,
} from "../../../model/index.ts";
import type { AppParts } from "../../../model/index.ts";

const nastyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc.constantFrom(
    "",
    '"',
    "'''",
    '"""',
    "\\",
    "\\u0000",
    "\0\b\t\n\f\r\u007f\u001b",
    "a\r\nb",
    "# no comment",
    "{{ a }}",
    "\u2028",
    "\u{1f600}",
  ),
);

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const kebab = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("-"));
const snake = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("_"));

const texts = fc.array(nastyText, { maxLength: 3 });
const optional = <K extends string, T>(key: K, value: fc.Arbitrary<T>): fc.Arbitrary<{ [P in K]?: T }> =>
  fc.oneof(
    fc.constant({}),
    value.map((it) => ({ [key]: it }) as { [P in K]?: T }),
  );

function together<A, B>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>): fc.Arbitrary<A & B> {
  return fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
}

const variable: fc.Arbitrary<VariableDefinition> = together(
  fc.record({ name: snake }),
  together(
    fc.oneof(
      nastyText.map((it) => ({ default: it, required: false, secret: false })),
      fc.boolean().map((secret) => ({ required: true, secret })),
    ),
    optional("description", nastyText),
  ),
);

export const arbitraryGrant: fc.Arbitrary<GrantDefinition> = fc.record({
  allowedOutboundHosts: texts,
  keyValueStores: fc.array(kebab, { maxLength: 3 }),
  sqliteDatabases: fc.array(kebab, { maxLength: 3 }),
  aiModels: texts,
  files: fc.array(fc.oneof(nastyText, fc.record({ source: nastyText, destination: nastyText })), {
    maxLength: 2,
  }),
  variables: fc.dictionary(snake, nastyText, { maxKeys: 3 }),
});

const dependency: fc.Arbitrary<DependencyDefinition> = fc.oneof(
  nastyText,
  fc.record({ path: nastyText, inheritConfiguration: fc.oneof(fc.boolean(), texts) }),
  fc.record({ url: nastyText, digest: nastyText, export: nastyText }),
  fc.record({ version: nastyText, package: nastyText }),
  fc.record({ component: kebab }),
);

const dependencies = fc.dictionary(nastyText, dependency, { maxKeys: 3 });

const profile = fc.record({ source: nastyText, command: fc.oneof(nastyText, texts), dependencies });

const trigger: fc.Arbitrary<TriggerDefinition> = together(
  fc.record({ type: fc.constantFrom("redis", "cron", "a b"), settings: fc.dictionary(snake, nastyText) }),
  together(optional("id", nastyText), optional("component", kebab)),
);

const component = together(
  fc.record({
    id: kebab,
    source: fc.oneof(nastyText, fc.record({ url: nastyText, digest: nastyText })),
    environment: fc.dictionary(nastyText, nastyText, { maxKeys: 3 }),
    grants: fc.array(arbitraryGrant, { maxLength: 3 }),
  }),
  fc
    .tuple(
      optional("description", nastyText),
      optional("dependencies", dependencies),
      optional("profiles", fc.dictionary(nastyText, profile, { maxKeys: 2 })),
      optional("excludeFiles", texts),
      optional("build", fc.record({ commands: texts, watch: texts })),
      optional("tool", fc.dictionary(kebab, fc.dictionary(kebab, nastyText), { maxKeys: 2 })),
    )
    .map((parts) => Object.assign({}, ...parts) as Partial<ComponentDefinition>),
) satisfies fc.Arbitrary<Omit<ComponentDefinition, "digest" | "size" | "imports" | "exports">>;

const route: fc.Arbitrary<RouteDefinition> = together(
  fc.record({ route: fc.oneof(nastyText, fc.constant({ private: true as const })) }),
  fc.oneof(
    fc.record({ component: kebab }),
    fc.record({
      staticResponse: together(
        fc.record({
          statusCode: fc.integer({ min: 200, max: 599 }),
          headers: fc.dictionary(nastyText, nastyText, { maxKeys: 3 }),
        }),
        optional("body", nastyText),
      ),
    }),
  ),
);

/** An app by its parts; texts are well formed, since TOML holds nothing else. */
export const arbitraryApp: fc.Arbitrary<AppParts> = together(
  fc.record({
    name: kebab,
    version: nastyText,
    authors: texts,
    variables: fc.uniqueArray(variable, { maxLength: 3, selector: ({ name }) => name }),
    components: fc.uniqueArray(component, { maxLength: 3, selector: ({ id }) => id }),
    routes: fc.array(route, { maxLength: 3 }),
  }),
  together(
    optional("description", nastyText),
    together(
      optional("triggers", fc.array(trigger, { maxLength: 3 })),
      optional("triggerTypes", fc.uniqueArray(fc.constantFrom("http", "redis", "a b", "sqs"))),
    ),
  ),
);
