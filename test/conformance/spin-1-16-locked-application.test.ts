/** The locked application, member by member; and the line that editors read. */
import { expect, test } from "@jest/globals";
import { contentRefOf, lockedAppDigest, parseManifest, synthesize } from "../../model/index.ts";
import { application, component, lock, tables, trigger } from "./spin-toml.ts";

test("1.16 the members are in Spin's order", () => {
  const locked = lock(
    `${component('allowed_outbound_hosts = ["http://web.spin.internal"]')}[variables]\na = { default = "" }`,
  );
  expect(Object.keys(locked)).toEqual([
    "spin_lock_version",
    "must_understand",
    "metadata",
    "variables",
    "triggers",
    "components",
  ]);
});

test("1.16 version 0 needs nothing to be understood, version 1 what hosts must have", () => {
  const plain = lock(component(""));
  expect(plain.spin_lock_version).toBe(0);
  expect(plain).not.toHaveProperty("must_understand");
  const chained = lock(component('allowed_outbound_hosts = ["http://web.spin.internal"]'));
  expect(chained.spin_lock_version).toBe(1);
  expect(chained.must_understand).toEqual(["component_host_requirements"]);
});

test.each([
  ["http://web.spin.internal", true],
  ["http://*.spin.internal", true],
  ["https://web.spin.internal", true],
  ["http://web.spin.internal.test", false],
  ["http://spin.internal", false],
  ["http://{{ a }}.spin.internal", false],
])("1.16 service chaining is required by hosts below spin.internal: %s", (host, isRequired) => {
  const [web] = lock(
    `${component(`allowed_outbound_hosts = ["${host}"]`)}[variables]\na = { default = "web" }`,
  ).components;
  expect(web?.host_requirements).toEqual(isRequired ? { local_service_chaining: "required" } : undefined);
});

test("1.16 a trigger has an id, a type and its settings; types and triggers keep their order", () => {
  const { triggers } = lock(
    tables(
      '[[trigger.redis]]\nchannel = "c"\naddress = "redis://a"\ncomponent = "web"\n[[trigger.http]]\nroute = "/b"\ncomponent = "web"',
    ),
  );
  expect(triggers).toEqual([
    {
      id: "web-redis-trigger",
      trigger_type: "redis",
      trigger_config: { address: "redis://a", channel: "c", component: "web" },
    },
    { id: "web-http-trigger", trigger_type: "http", trigger_config: { component: "web", route: "/b" } },
  ]);
});

test("1.16 a component has an id and a source; what is empty is left out", () => {
  expect(lock(component("files = []\nenvironment = {}\nvariables = {}\nai_models = []")).components).toEqual([
    { id: "web", source: { content_type: "application/wasm", source: "file:///web" } },
  ]);
});

test("1.16 the build goes along, without what it does not say", () => {
  expect(lock(component('build = { command = ["a", "b"], watch = [] }')).components[0]?.metadata).toEqual({
    build: { command: ["a", "b"] },
  });
});

test("1.16 a dependency always says its export, and what it inherits when that is something", () => {
  const text = component(
    'dependencies = { "a:a/i" = { path = "a.wasm", export = "e", inherit_configuration = true }, "b:b" = { path = "b.wasm", inherit_configuration = ["files"] }, "c:c" = { path = "c.wasm" } }',
  );
  const dependencies = lock(text).components[0]?.dependencies ?? {};
  expect(
    Object.entries(dependencies).map(([name, { export: wanted, inherit }]) => [name, wanted, inherit]),
  ).toEqual([
    ["a:a/i", "e", "All"],
    ["b:b", null, { Some: ["files"] }],
    ["c:c", null, undefined],
  ]);
});

test("1.16 dates of trigger settings are texts", () => {
  const { trigger_config: settings } =
    lock(tables('[[trigger.cron]]\ncomponent = "web"\nfrom = 1979-05-27T07:32:00Z')).triggers[0] ?? {};
  expect(settings?.["from"]).toMatch(/^1979-05-27T07:32:00/);
});

test("1.16 equal applications have equal digests, whatever the order of their keys", () => {
  const one = lock(component('environment = { A = "1", B = "2" }'));
  const other = lock(component('environment = { B = "2", A = "1" }'));
  expect(lockedAppDigest(one)).toBe(lockedAppDigest(other));
  expect(lockedAppDigest(lock(component('environment = { A = "1" }')))).not.toBe(lockedAppDigest(one));
});

test("1.17 the text begins with the line by which editors find the schema, then the version", () => {
  const lines = synthesize(parseManifest(trigger(""))).split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json",
    "spin_manifest_version = 2",
  ]);
});

test("9.5 base64 has the usual letters and no padding; digests are sha256: and lower-case hex", () => {
  expect(contentRefOf(Buffer.from("a>?~"))).toEqual({
    inline: "YT4/fg",
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

test.each([
  [128, true],
  [129, false],
])("9.5 content of %i bytes is inline: %s", (sizeBytes, isInline) => {
  expect("inline" in contentRefOf(new Uint8Array(sizeBytes))).toBe(isInline);
});

test("9.5 metadata.triggers is always there, metadata.trigger for one type alone", () => {
  const settings = "[application.trigger.cron]\ntimezone = 'utc'\n";
  const one = lock(application("")).metadata;
  expect([one["trigger"], one["triggers"]]).toEqual([{ type: "http" }, {}]);
  const two = lock(`${application(settings)}[[trigger.cron]]\ncomponent = "web"`).metadata;
  expect([two["trigger"], two["triggers"]]).toEqual([undefined, { cron: { timezone: "utc" } }]);
});

test("9.5 the origin is the URL of the manifest, where it is told", () => {
  expect(lock(component(""), { origin: "file:///shop/spin.toml" }).metadata["origin"]).toBe(
    "file:///shop/spin.toml",
  );
  expect(lock(component("")).metadata).not.toHaveProperty("origin");
});
