/** Version 1, as Spin converts it in memory; and bare binaries. */
import { expect, test } from "@jest/globals";
import { bareWasm, parseManifest, synthesize } from "../../model/index.ts";
import { found, lock } from "./spin-toml.ts";

const old = (component: string, top = 'trigger = { type = "http", base = "/" }'): string =>
  `spin_manifest_version = "1"\nname = "old"\n${top}\n[[component]]\nid = "web"\nsource = "web.wasm"\n${component}\n[component.trigger]\nroute = "/..."\n`;

test("1.14 name, version, description and authors become the application's", () => {
  const top = 'version = "1.0.0"\ndescription = "d"\nauthors = ["A"]\ntrigger = { type = "http" }';
  expect(parseManifest(old("", top)).application).toEqual({
    name: "old",
    version: "1.0.0",
    description: "d",
    authors: ["A"],
    trigger: { http: {} },
  });
});

test("1.14 the trigger's settings become the application's, those of a component a trigger of its own", () => {
  const top = 'trigger = { type = "redis", address = "redis://a" }';
  const text = old("", top).replace('route = "/..."', 'channel = "c"');
  const manifest = parseManifest(text);
  expect(manifest.application.trigger).toEqual({ redis: { address: "redis://a" } });
  expect(manifest.trigger).toEqual({ redis: [{ id: "trigger-web", component: "web", channel: "c" }] });
  expect(found(text)).toEqual([]);
});

test.each([
  ["Web_App", "web-app"],
  ["my_app", "my-app"],
  ["LOUD", "LOUD"],
  ["fine-id", "fine-id"],
])("1.14 the component id %s becomes %s", (id, expected) => {
  const manifest = parseManifest(old("").replace('"web"', `"${id}"`));
  expect(Object.keys(manifest.component ?? {})).toEqual([expected]);
  expect(manifest.trigger["http"]?.[0]).toMatchObject({ id: `trigger-${expected}`, component: expected });
});

test("1.14 of equal ids the last component wins, and both triggers lead to it", () => {
  const manifest = parseManifest(
    `${old("")}[[component]]\nid = "web"\nsource = "second.wasm"\ntrigger = { route = "/b" }\n`,
  );
  expect(manifest.component?.["web"]?.source).toBe("second.wasm");
  expect(manifest.trigger["http"]?.map(({ component }) => component)).toEqual(["web", "web"]);
});

test("1.14 config becomes variables", () => {
  const text = old(
    'config = { a = "{{ b }}" }',
    'trigger = { type = "http" }\n[variables]\nb = { default = "x" }',
  );
  expect(parseManifest(text).component?.["web"]?.variables).toEqual({ a: "{{ b }}" });
});

test("1.14 files, build, labels and models stay", () => {
  const lines =
    'files = ["a/*"]\nexclude_files = ["a/b"]\nkey_value_stores = ["k"]\nsqlite_databases = ["d"]\nai_models = ["m"]\nbuild = { command = "make", workdir = "w" }';
  expect(parseManifest(old(lines)).component?.["web"]).toMatchObject({
    files: ["a/*"],
    exclude_files: ["a/b"],
    key_value_stores: ["k"],
    sqlite_databases: ["d"],
    ai_models: ["m"],
    build: { command: "make", workdir: "w" },
  });
});

const databases = ["redis://*:*", "mysql://*:*", "postgres://*:*"];

test.each([
  ["nothing", "", databases],
  ["an empty list", "allowed_outbound_hosts = []", undefined],
  ["hosts", 'allowed_outbound_hosts = ["https://a.test"]', ["https://a.test"]],
  ["an old host", 'allowed_http_hosts = ["a.test"]', [...databases, "http://a.test", "https://a.test"]],
  [
    "an old host with a port",
    'allowed_outbound_hosts = []\nallowed_http_hosts = ["a.test:81"]',
    ["http://a.test:81", "https://a.test:81"],
  ],
  [
    "an old host as a URL",
    'allowed_outbound_hosts = []\nallowed_http_hosts = ["https://a.test/"]',
    ["http://a.test", "https://a.test"],
  ],
  ["the old self", 'allowed_outbound_hosts = []\nallowed_http_hosts = ["self"]', ["http://self"]],
  [
    "the old all",
    'allowed_outbound_hosts = []\nallowed_http_hosts = ["insecure:allow-all"]',
    ["http://*:*", "https://*:*", "http://self"],
  ],
])(
  "1.14 with %s a component may call what it could: databases stay open unless it says its hosts",
  (_what, lines, expected) => {
    expect(parseManifest(old(lines)).component?.["web"]?.allowed_outbound_hosts).toEqual(expected);
  },
);

test.each(["a.test/path", "ftp://a.test", "a b"])("1.14 the old host %j is refused", (host) => {
  expect(found(old(`allowed_http_hosts = ["${host}"]`))).toEqual([
    "error ERR_SPIN_ALLOWED_HOST component[0].allowed_http_hosts[0]",
  ]);
});

test.each(["[component.profile]", "dependencies = {}", 'variables = { a = "" }', "more = 1"])(
  "1.14 %s is no key of version 1",
  (lines) => {
    expect(found(old(lines))).toEqual([
      expect.stringMatching(/^error ERR_SPIN_MANIFEST_KEY component\[0\]\.\w+$/),
    ]);
  },
);

test("1.14 a component has a trigger, an id and a source", () => {
  expect(found('spin_version = "1"\nname = "a"\ntrigger = { type = "http" }\n[[component]]\n')).toEqual([
    "error ERR_SPIN_MANIFEST_MISSING component[0].id",
    "error ERR_SPIN_MANIFEST_MISSING component[0].source",
    "error ERR_SPIN_MANIFEST_MISSING component[0].trigger",
  ]);
});

test("1.14 what it became is written as version 2, and read as the same", () => {
  const manifest = parseManifest(old('allowed_http_hosts = ["a.test"]'));
  expect(parseManifest(synthesize(manifest))).toEqual(manifest);
});

test("1.15 a bare binary is an application with one route to everything and no rights", () => {
  const manifest = bareWasm("my-app", "dir/my-app.wasm");
  expect(manifest.application.name).toBe("my-app");
  const { triggers, components } = lock(synthesize(manifest));
  expect(triggers.map((it) => it.trigger_config)).toEqual([
    { component: "http-trigger1-component", route: "/..." },
  ]);
  expect(components).toHaveLength(1);
  expect(components[0]).not.toHaveProperty("metadata");
});
