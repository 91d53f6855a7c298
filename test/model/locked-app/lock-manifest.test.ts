/** spin.md 1.16: what Spin's loader writes for manifests that no resource of ours makes yet. */
import { describe, expect, test } from "@jest/globals";
import { contentRefOf, lockManifest, normalizeManifest, parseManifest } from "../../../model/index.ts";

const content = {
  component: (id: string) => ({ source: `file:///${id}` }),
  dependency: (name: string) => ({ source: `file:///dependency/${name}` }),
  files: () => [],
};

function lock(body: string, options = {}, profile?: string) {
  const text = `spin_manifest_version = 2\n[application]\nname = "a"\n${body}`;
  return lockManifest(normalizeManifest(parseManifest(text), profile), content, options);
}

describe("lockManifest", () => {
  test("writes dependencies with export and inheritance, in Spin's order", () => {
    const { components } = lock(`
      [trigger]
      [component.x]
      source = "x.wasm"
      [component.x.dependencies]
      "b:b/i" = { path = "b.wasm", export = "e", inherit_configuration = true }
      "a:a" = { path = "a.wasm", inherit_configuration = ["files", "variables"] }
      word = { path = "w.wasm", inherit_configuration = false }`);
    expect(JSON.stringify(components[0]?.dependencies)).toBe(
      JSON.stringify({
        word: {
          source: { content_type: "application/wasm", source: "file:///dependency/word" },
          export: null,
        },
        "a:a": {
          source: { content_type: "application/wasm", source: "file:///dependency/a:a" },
          export: null,
          inherit: { Some: ["files", "variables"] },
        },
        "b:b/i": {
          source: { content_type: "application/wasm", source: "file:///dependency/b:b/i" },
          export: "e",
          inherit: "All",
        },
      }),
    );
  });

  const middleware = `
    [[trigger.http]]
    route = "/one"
    component = "x"
    dependencies.middleware = [{ path = "m.wasm" }]
    [[trigger.http]]
    route = "/two"
    component = "x"
    [component.x]
    source = "x.wasm"
    allowed_outbound_hosts = ["http://x.spin.internal"]`;

  test("copies a component for a trigger with middleware, and moves the middleware to the copy", () => {
    const locked = lock(middleware);
    expect(locked.must_understand).toEqual(["component_host_requirements"]);
    expect(locked.triggers.map((it) => it.trigger_config["component"])).toEqual([
      "x-for-x-http-trigger",
      "x",
    ]);
    expect(locked.components.map(({ id }) => id)).toEqual(["x", "x-for-x-http-trigger"]);
    expect(JSON.stringify(locked.components[1])).toBe(
      JSON.stringify({
        id: "x-for-x-http-trigger",
        metadata: {
          allowed_outbound_hosts: ["http://x.spin.internal"],
          "resolve-trigger-dependencies-using": "http",
        },
        source: { content_type: "application/wasm", source: "file:///x" },
        trigger_dependencies: {
          middleware: [
            { source: { content_type: "application/wasm", source: "file:///dependency/" }, export: null },
          ],
        },
        host_requirements: { local_service_chaining: "required", middleware: "required" },
      }),
    );
    expect(locked.triggers.some((it) => "trigger_dependencies" in it)).toBe(false);
  });

  test("keeps the id of a component that one trigger alone uses", () => {
    const single = middleware.replace(/\[\[trigger\.http\]\]\s+route = "\/two"\s+component = "x"/, "");
    expect(lock(single).components.map(({ id }) => id)).toEqual(["x"]);
  });

  test("says the settings of all triggers, and of the only type once more", () => {
    const redis = `
      [application.trigger.redis]
      address = "redis://r"
      [[trigger.redis]]
      channel = "c"
      component = "x"
      [component.x]
      source = "x.wasm"`;
    expect(JSON.stringify(lock(redis, { origin: "file:///spin.toml" }).metadata)).toBe(
      '{"name":"a","origin":"file:///spin.toml","trigger":{"address":"redis://r","type":"redis"},"triggers":{"redis":{"address":"redis://r"}}}',
    );
    const both = lock(`${redis}\n[[trigger.http]]\nroute = "/"\ncomponent = "x"`);
    expect(both.metadata["trigger"]).toBeUndefined();
  });

  test("records the profile", () => {
    const text = `[trigger]\n[component.x]\nsource = "x.wasm"\nprofile.debug = { source = "d.wasm" }`;
    expect(lock(text, { profile: "debug" }, "debug").metadata).toEqual({
      name: "a",
      profile: "debug",
      triggers: {},
    });
  });
});

describe("contentRefOf", () => {
  test("writes up to 128 bytes inline, base64 without padding, beside the digest", () => {
    expect(contentRefOf(Buffer.from("hi!!"))).toEqual({
      inline: "aGkhIQ",
      digest: "sha256:63a0fa9fc34e2fa36a5f1d519eef85350da440eb3271ca6f4b3d374b5db6a47a",
    });
  });

  test("writes more than 128 bytes by digest alone", () => {
    expect(Object.keys(contentRefOf(new Uint8Array(128)))).toEqual(["inline", "digest"]);
    expect(Object.keys(contentRefOf(new Uint8Array(129)))).toEqual(["digest"]);
  });
});
