/** spin.md 1.8, 1.11, 1.12: the canonical form of a manifest. */
import { describe, expect, test } from "@jest/globals";
import { type Manifest, normalizeManifest, parseManifest } from "../../../../model/index.ts";

function manifest(body: string): Manifest {
  return parseManifest(`spin_manifest_version = 2\n[application]\nname = "a"\n${body}`);
}

describe("normalizeManifest", () => {
  test("1.8: gives ids to triggers of each type on its own, and keeps clear of ids of any type", () => {
    const { trigger } = normalizeManifest(
      manifest(`
        [[trigger.http]]
        component = "x"
        [[trigger.http]]
        component = "x"
        [[trigger.cron]]
        component = "x"
        [[trigger.cron]]
        id = "http-trigger1"
        [[trigger.cron]]
        id = ""
        [component.x]
        source = "x.wasm"`),
    );
    expect(trigger["http"]?.map(({ id }) => id)).toEqual(["x-http-trigger", "http-trigger2"]);
    expect(trigger["cron"]?.map(({ id }) => id)).toEqual([
      "x-cron-trigger",
      "http-trigger1",
      "cron-trigger1",
    ]);
  });

  test("1.8: moves a single inline component to <trigger id>-component", () => {
    const { trigger, component } = normalizeManifest(
      manifest(`
        [[trigger.http]]
        id = "admin"
        component = { source = "admin.wasm" }`),
    );
    expect(trigger["http"]?.[0]?.component).toBe("admin-component");
    expect(component).toEqual({ "admin-component": { source: "admin.wasm" } });
  });

  test("1.8: counts where the natural id is taken, is no kebab word, or the trigger has several", () => {
    const { trigger, component } = normalizeManifest(
      manifest(`
        [[trigger.http]]
        id = "taken"
        component = { source = "1.wasm" }
        [[trigger.http]]
        id = "Not Kebab"
        component = { source = "2.wasm" }
        [[trigger.jobs]]
        id = "j"
        components.one = { source = "3.wasm" }
        components.many = [{ source = "4.wasm" }, "taken-component"]
        [component.taken-component]
        source = "0.wasm"`),
    );
    expect(trigger["http"]?.map(({ component: id }) => id)).toEqual([
      "inline-component1",
      "inline-component2",
    ]);
    expect(trigger["jobs"]?.[0]?.components).toEqual({
      one: "inline-component3",
      many: ["inline-component4", "taken-component"],
    });
    expect(Object.values(component).map(({ source }) => source)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `${n}.wasm`),
    );
  });

  const profiled = manifest(`
    [trigger]
    [component.x]
    source = "x.wasm"
    environment = { A = "1", B = "1" }
    build = { command = "make", workdir = "x", watch = ["src"] }
    dependencies = { "a:b" = "1" }
    [component.x.profile.debug]
    source = "debug.wasm"
    environment = { B = "2" }
    build = { command = ["make debug"] }
    dependencies = { "c:d" = "2" }
    [component.y]
    source = "y.wasm"
    [component.y.profile.fast]
    build = { command = "fast" }`);

  test("1.12: a profile replaces source and command, and adds environment and dependencies", () => {
    expect(normalizeManifest(profiled, "debug").component["x"]).toMatchObject({
      source: "debug.wasm",
      environment: { A: "1", B: "2" },
      build: { command: ["make debug"], workdir: "x", watch: ["src"] },
      dependencies: { "a:b": "1", "c:d": "2" },
    });
  });

  test("1.12: a profile makes a build where there was none, and leaves components without it alone", () => {
    const { component } = normalizeManifest(profiled, "fast");
    expect(component["y"]?.build).toEqual({ command: "fast" });
    expect(component["x"]?.source).toBe("x.wasm");
  });

  test("1.12: a profile that no component has is refused with the one that was meant", () => {
    expect(() => normalizeManifest(profiled, "debgu")).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_PROFILE_UNKNOWN", hint: 'Did you mean "debug"?' }),
    );
    expect(() => normalizeManifest(profiled, "toString")).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_PROFILE_UNKNOWN" }),
    );
  });

  test("1.11: dependencies_inherit_configuration is folded into each dependency", () => {
    const { component } = normalizeManifest(
      manifest(`
        [trigger]
        [component.x]
        source = "x.wasm"
        dependencies_inherit_configuration = true
        dependencies = { "a:b" = "1", "c:d" = { path = "c.wasm" } }`),
    );
    expect(component["x"]).toEqual({
      source: "x.wasm",
      dependencies: {
        "a:b": { version: "1", inherit_configuration: true },
        "c:d": { path: "c.wasm", inherit_configuration: true },
      },
    });
  });

  test("1.11: a component as dependency becomes its source, whatever form that has", () => {
    const { component, trigger } = normalizeManifest(
      manifest(`
        [[trigger.http]]
        route = "/"
        component = "x"
        dependencies.middleware = [{ component = "local", inherit_configuration = true }]
        [component.x]
        source = "x.wasm"
        [component.x.dependencies]
        "l:l/i" = { component = "local", export = "e:e/i" }
        "r:r" = { component = "remote" }
        "p:p" = { component = "package" }
        [component.local]
        source = "l.wasm"
        [component.remote]
        source = { url = "https://x.test/r.wasm", digest = "sha256:0" }
        [component.package]
        source = { package = "p:q", version = "1.0.0" }`),
    );
    expect(component["x"]?.dependencies).toEqual({
      "l:l/i": { path: "l.wasm", export: "e:e/i" },
      "r:r": { url: "https://x.test/r.wasm", digest: "sha256:0" },
      "p:p": { package: "p:q", version: "1.0.0" },
    });
    expect(trigger["http"]?.[0]?.dependencies).toEqual({
      middleware: [{ path: "l.wasm", inherit_configuration: true }],
    });
  });

  test("1.11: a dependency on a component that is not there is a coded error", () => {
    const lost = manifest(
      `[trigger]\n[component.x]\nsource = "x.wasm"\ndependencies = { a = { component = "y" } }`,
    );
    expect(() => normalizeManifest(lost)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_DEPENDENCY_COMPONENT" }),
    );
  });
});
