/** Which keys and types spin.toml has. Unknown keys are errors everywhere but in triggers, tools and their settings. */
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";

/** Says what is wrong with a value at a path. */
type Shape = (value: unknown, path: string) => Issue[];

/** What keeps parsed TOML from being a manifest of version 2: types, missing and unknown keys. */
export function shapeIssues(data: unknown): Issue[] {
  return manifest(data, "");
}

function scalar(type: "string" | "boolean"): Shape {
  return (value, path) => (typeof value === type ? [] : [wrongType(value, path, `a ${type}`)]);
}

const text = scalar("string");
const flag = scalar("boolean");
const anything: Shape = () => [];

function list(item: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return [wrongType(value, path, "a list")];
    return value.flatMap((member, index) => item(member, `${path}[${index}]`));
  };
}

function map(member: Shape): Shape {
  return (value, path) => {
    if (!isTable(value)) return [wrongType(value, path, "a table")];
    return Object.entries(value).flatMap(([key, inner]) => member(inner, pathTo(path, key)));
  };
}

/** Keys that end in `!` are required. */
function table(shapes: Record<string, Shape>, others?: Shape): Shape {
  const known = new Map(Object.entries(shapes).map(([key, shape]) => [key.replace("!", ""), shape]));
  const required = Object.keys(shapes).flatMap((key) => (key.endsWith("!") ? [key.slice(0, -1)] : []));
  return (value, path) => {
    if (!isTable(value)) return [wrongType(value, path, "a table")];
    const absent = required.filter((key) => !Object.hasOwn(value, key));
    // A misspelt key is named first: it is often why another one is missing.
    return [
      ...Object.entries(value).flatMap(([key, member]) => {
        const shape = known.get(key) ?? others;
        return shape === undefined ? [unknownKey(path, key, known)] : shape(member, pathTo(path, key));
      }),
      ...absent.map((key) => missing(path, key)),
    ];
  };
}

function either(isFirst: (value: unknown) => boolean, first: Shape, second: Shape): Shape {
  return (value, path) => (isFirst(value) ? first : second)(value, path);
}

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

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function wrongType(value: unknown, path: string, expected: string): Issue {
  return issue("ERR_SPIN_MANIFEST_TYPE", path, `${path} is ${described(value)}; expected ${expected}.`);
}

function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : `the ${typeof value} ${JSON.stringify(value)}`;
}

function missing(path: string, key: string): Issue {
  const hint = path === "" ? `Add a table [${key}].` : `Add ${key} to [${path}].`;
  const place = path === "" ? "The manifest" : path;
  return issue(
    "ERR_SPIN_MANIFEST_MISSING",
    pathTo(path, key),
    `${place} has no "${key}", which Spin requires.`,
    { hint },
  );
}

function unknownKey(path: string, key: string, known: ReadonlyMap<string, Shape>): Issue {
  const guess = nearest(key, known.keys());
  const place = path === "" ? "The manifest" : path;
  const hint =
    guess === undefined
      ? `Remove it; known are ${[...known.keys()].join(", ")}.`
      : `Did you mean "${guess}"?`;
  return issue("ERR_SPIN_MANIFEST_KEY", pathTo(path, key), `${place} has the unknown key "${key}".`, {
    hint,
  });
}

function pathTo(path: string, key: string): string {
  const part = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? part : `${path}.${part}`;
}
