/** The parts of spin.toml beyond components, routes and variables, as resources. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Properties } from "../../../provider/definition/resource.ts";
import { handle } from "../../../provider/dynamic/index.ts";
import { smallComponent } from "../build/project.ts";
import { checked, created, preview, unknownText } from "./handlers.ts";

const former = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "all-of-spin-"));
  for (const name of ["web", "lib", "auth"]) write(`${name}.wasm`, smallComponent());
  write("assets/index.html", "<h1>hi</h1>");
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(former);
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

async function definition(kind: string, inputs: Properties): Promise<Properties> {
  return (await created(kind, inputs)).outs["definition"] as Properties;
}

async function failures(kind: string, inputs: Properties): Promise<[property: string, code: string][]> {
  const found = await handle(`spin:index:${kind}`).check({}, inputs);
  return found.failures.map(({ property, reason }) => [property, /\[(\w+)\]$/.exec(reason)?.[1] ?? reason]);
}

const web = { componentId: "web", source: "web.wasm" };

describe("an app of all parts", () => {
  test("is locked with files and dependencies by their content", async () => {
    const grant = await definition("CapabilityGrant", {
      files: ["assets/**/*", { source: "assets", destination: "/public" }],
    });
    const components = [
      await definition("Component", {
        ...web,
        grants: [grant],
        dependencies: {
          "a:b": { path: "lib.wasm" },
          "c:d": { component: "lib", inheritConfiguration: true },
        },
        excludeFiles: ["**/*.map"],
        tool: { trunk: { release: true } },
      }),
      await definition("Component", { componentId: "lib", source: "lib.wasm" }),
    ];
    const routes = [
      await definition("Route", { route: "/...", component: "web", middleware: [{ path: "auth.wasm" }] }),
    ];
    const triggers = [
      await definition("RedisTrigger", { channel: "orders", component: "web" }),
      await definition("Trigger", {
        type: "cron",
        component: "web",
        settings: { cron_expression: "1 * * * *" },
      }),
    ];
    const inputs = {
      name: "My shop",
      components,
      routes,
      triggers,
      triggerSettings: { redis: { address: "redis://localhost:6379" } },
      targets: ["spin-up:4.0"],
    };
    const { outs } = await created("App", inputs);
    const { lockedApp } = outs["definition"] as { lockedApp: Properties };
    const digest = components[1]?.["digest"] as string;
    expect(lockedApp).toMatchObject({
      must_understand: ["component_host_requirements"],
      triggers: [
        { trigger_type: "http", trigger_config: { component: "web-for-web-http-trigger" } },
        { id: "web-redis-trigger", trigger_config: { channel: "orders", component: "web" } },
        { id: "web-cron-trigger", trigger_config: { cron_expression: "1 * * * *" } },
      ],
    });
    expect(lockedApp["components"][0]).toMatchObject({
      files: [{ path: "assets/index.html", inline: "PGgxPmhpPC9oMT4" }, { path: "public/index.html" }],
      dependencies: { "a:b": { source: { digest } }, "c:d": { source: { digest }, inherit: "All" } },
    });

    write("assets/index.html", "<h1>hello</h1>");
    const again = await checked("App", inputs, outs);
    expect(again["digest"]).not.toBe(outs["digest"]);
    expect(await handle("spin:index:App").diff("shop", outs, again)).toMatchObject({ changes: undefined });
  });

  test("is refused by the bundled host in what it cannot run, and by nothing else", async () => {
    const component = await definition("Component", {
      ...web,
      dependencies: { "a:b": { path: "lib.wasm" } },
    });
    const app = await definition("App", {
      name: "shop",
      components: [component],
      routes: [
        await definition("Route", { route: "/x", component: "web", middleware: [{ path: "auth.wasm" }] }),
        await definition("Route", { route: "/y", component: "web", executor: { type: "wagi" } }),
      ],
      triggers: [await definition("Trigger", { type: "cron", component: "web" })],
    });
    expect(await failures("HostDeployment", { app })).toEqual([
      ["app.lockedApp.triggers[2].trigger_type", "ERR_SPIN_TARGET_TRIGGER"],
      ["app.lockedApp.components[0].dependencies", "ERR_SPIN_TARGET_FEATURE"],
      ["app.lockedApp.components[1].host_requirements.middleware", "ERR_SPIN_TARGET_FEATURE"],
      ["app.lockedApp.components[1].dependencies", "ERR_SPIN_TARGET_FEATURE"],
      ["app.lockedApp.triggers[1].trigger_config.executor", "ERR_SPIN_TARGET_FEATURE"],
    ]);
  });

  test("is unknown while one of its components is, and reads nothing", async () => {
    const components = [{ ...web, id: "web", digest: unknownText, grants: [], environment: {} }];
    const routes = [{ route: "/", component: "web", middleware: [{ path: "gone.wasm" }] }];
    const shown = await preview("App", { name: "shop", components, routes });
    expect(shown["digest"]).toBe(unknownText);
  });
});

describe("failures name the property", () => {
  test.each<[kind: string, inputs: Properties, expected: [string, string][]]>([
    [
      "Component",
      { ...web, dependencies: { "a:b": { version: "1" }, plain: "^1", "c:d": { path: "x", digest: "y" } } },
      [[`dependencies["c:d"].digest`, "ERR_SPIN_MANIFEST_KEY"]],
    ],
    [
      "Component",
      { ...web, dependencies: { plain: "^1", "a:b": { path: "x", inheritConfiguration: ["stores"] } } },
      [
        ["dependencies.plain", "ERR_SPIN_DEPENDENCY_FORM"],
        [`dependencies["a:b"].inheritConfiguration[0]`, "ERR_SPIN_DEPENDENCY_INHERIT"],
      ],
    ],
    [
      "Component",
      { ...web, profiles: { debug: { dependencies: { "not a name": { path: "x" } }, command: "" } } },
      [
        ["profiles.debug.command", "ERR_SPIN_COMPONENT_BUILD"],
        [`profiles.debug.dependencies["not a name"]`, "ERR_SPIN_DEPENDENCY_NAME"],
      ],
    ],
    [
      "Component",
      { ...web, build: { watch: ["x"] }, excludeFiles: [""], targets: ["x"] },
      [
        ["build", "ERR_SPIN_COMPONENT_BUILD"],
        ["excludeFiles[0]", "ERR_SPIN_COMPONENT_FILES"],
        ["targets[0]", "ERR_SPIN_COMPONENT_TARGETS"],
      ],
    ],
    [
      "Component",
      { ...web, build: { command: "make", commands: ["make"] } },
      [["build.commands", "ERR_SPIN_COMPONENT_BUILD"]],
    ],
    [
      "Component",
      { ...web, source: { package: "ns:pkg", version: "1" } },
      [["source.version", "ERR_SPIN_COMPONENT_SOURCE"]],
    ],
    [
      "Component",
      { ...web, source: { package: "ns:pkg", version: "1.0.0" } },
      [["source", "ERR_SPIN_COMPONENT_PACKAGE"]],
    ],
    [
      "Route",
      { route: "/", component: "web", executor: { type: "wasm" }, middleware: [{ version: "1" }] },
      [
        ["executor", "ERR_SPIN_TRIGGER_EXECUTOR"],
        ["middleware[0]", "ERR_SPIN_DEPENDENCY_FORM"],
      ],
    ],
    ["RedisTrigger", { channel: "{{ x", component: "web" }, [["channel", "ERR_SPIN_TEMPLATE_UNMATCHED"]]],
    ["RedisTrigger", { channel: "x" }, [["component", "ERR_SPIN_INPUT_MISSING"]]],
    ["Trigger", { type: "http", component: "web" }, [["type", "ERR_SPIN_TRIGGER_SETTING"]]],
    [
      "CapabilityGrant",
      { files: ["../x", "assets/.."] },
      [
        ["files[0]", "ERR_SPIN_COMPONENT_FILES"],
        ["files[1]", "ERR_SPIN_COMPONENT_FILES"],
      ],
    ],
  ])("%s %j", async (kind, inputs, expected) => {
    expect(await failures(kind, inputs)).toEqual(expected);
  });

  test("of an app", async () => {
    const component = {
      ...web,
      id: "web",
      digest: "sha256:0",
      size: 1,
      imports: [],
      exports: [],
      grants: [],
      environment: {},
    };
    const inputs = {
      name: "shop",
      components: [
        { ...component, dependencies: { "a:b": { component: "lob" } } },
        { ...component, id: "lib" },
      ],
      routes: [{ route: "/", component: "web", id: "same", middleware: [{ component: "nobody" }] }],
      triggers: [
        { type: "redis", component: "wob", id: "same", settings: { channel: "{{ who }}" } },
        { type: "cron", components: { main: ["web", "nobody"] } },
      ],
      triggerSettings: { http: { base: "/x" } },
      targets: ["x"],
    };
    expect((await failures("App", inputs)).toSorted()).toEqual([
      [`components[0].dependencies["a:b"].component`, "ERR_SPIN_DEPENDENCY_COMPONENT"],
      ["routes[0].middleware[0].component", "ERR_SPIN_DEPENDENCY_COMPONENT"],
      ["targets[0]", "ERR_SPIN_COMPONENT_TARGETS"],
      ["triggerSettings.http.base", "ERR_SPIN_APPLICATION_TRIGGER"],
      ["triggers[0].component", "ERR_SPIN_TRIGGER_COMPONENT"],
      ["triggers[0].id", "ERR_SPIN_TRIGGER_ID"],
      ["triggers[0].settings.address", "ERR_SPIN_TRIGGER_SETTING"],
      ["triggers[0].settings.channel", "ERR_SPIN_TEMPLATE_VARIABLE"],
      ["triggers[1].components.main[1]", "ERR_SPIN_TRIGGER_COMPONENT"],
    ]);
  });

  test("of content that is not there", async () => {
    const grant = await definition("CapabilityGrant", { files: ["gone"] });
    const routes = [{ route: "/", component: "web" }];
    const app = async (component: Properties, route: Properties = {}): Promise<[string, string][]> =>
      failures("App", {
        name: "shop",
        components: [await definition("Component", { ...web, ...component })],
        routes: [{ ...routes[0], ...route }],
      });
    expect(await app({ grants: [grant] })).toEqual([["components[0].grants", "ERR_SPIN_COMPONENT_FILES"]]);
    expect(await app({ dependencies: { "a:b": { path: "gone.wasm" } } })).toEqual([
      [`components[0].dependencies["a:b"]`, "ERR_SPIN_COMPONENT_MISSING"],
    ]);
    expect(await app({ dependencies: { "a:b": "^1" } })).toEqual([
      [`components[0].dependencies["a:b"]`, "ERR_SPIN_COMPONENT_PACKAGE"],
    ]);
    expect(await app({}, { middleware: [{ path: "web.wasm" }, { path: "gone.wasm" }] })).toEqual([
      ["routes[0].middleware[1]", "ERR_SPIN_COMPONENT_MISSING"],
    ]);
  });
});
