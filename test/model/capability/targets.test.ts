import { describe, expect, test } from "@jest/globals";
import { checkTarget, describeIssue, type TargetName, targetNamed, targets } from "../../../model/index.ts";
import type { Json } from "../../../model/json.ts";
import { caught } from "../../support/caught.ts";
import { grant } from "../../support/grant.ts";

const names = Object.keys(targets) as TargetName[];
const spins: TargetName[] = ["spin-up@2.7", "spin-up@3.6", "spin-up@4.0", "spin-up@4.1"];

/** An application with one component "api" that these triggers call. */
function locked(
  component: { [key: string]: Json } = {},
  triggers: Json[] = [{ trigger_type: "http", trigger_config: { component: "api" } }],
): { [key: string]: Json } {
  return { triggers, components: [{ id: "api", ...component }] };
}

const trigger = (type: string, settings: { [key: string]: Json } = {}): Json => ({
  trigger_type: type,
  trigger_config: { component: "api", ...settings },
});
const codes = (...found: Parameters<typeof checkTarget>): string[] =>
  checkTarget(...found).map(({ code, path }) => `${code} ${path}`);
/** The targets that take it without a word. */
const taking = (subject: Parameters<typeof checkTarget>[0]): string[] =>
  names.filter((name) => checkTarget(subject, name).length === 0);
const except = (...out: TargetName[]): string[] => names.filter((name) => !out.includes(name));

describe("the targets", () => {
  test("run a plain HTTP component of WASI 0.2, each of them", () => {
    const imports = ["wasi:http/types@0.2.6", "wasi:io/streams@0.2.10", "fermyon:spin/key-value@2.0.0"];
    const api = { id: "api", imports, exports: ["wasi:http/incoming-handler@0.2.6"], grants: [grant()] };
    expect(taking({ name: "shop", components: [{ ...api, size: 1000 }], lockedApp: locked() })).toEqual(
      names,
    );
  });

  test("say nothing of what is not known yet, nor of what is of another shape", () => {
    expect(taking([undefined, {}])).toEqual(names);
    expect(taking({})).toEqual(names);
    expect(taking({ lockedApp: { triggers: "?", components: [null, { id: 1, metadata: [] }] } })).toEqual(
      names,
    );
  });
});

describe("interfaces (spin.md 4.1 and 4.2)", () => {
  const handler = "wasi:http/incoming-handler@0.2.0";
  test.each([
    ["fermyon:spin/config", spins],
    ["fermyon:spin/llm@2.0.0", spins],
    ["wasi:http/outgoing-handler@0.2.0-rc-2023-10-18", spins],
    ["wasi:http/types@0.2.0-rc-2023-11-10", spins],
    ["wasi:keyvalue/store@0.2.0-draft2", spins.slice(1)],
    ["wasi:keyvalue/watcher@0.2.0-draft2", []],
    ["wasi:config/store@0.2.0-draft-2024-09-27", spins.slice(1)],
    ["spin:postgres/postgres@3.0.0", spins.slice(1)],
    ["spin:postgres/postgres@4.0.0", spins.slice(1)],
    ["spin:postgres/postgres@4.2.0", spins.slice(2)],
    ["spin:postgres/postgres@4.3.0", []],
    ["spin:sqlite/sqlite@3.0.0", spins.slice(1)],
    ["spin:sqlite/sqlite@3.1.0", spins.slice(2)],
    ["spin:key-value/key-value@3.0.0", spins.slice(2)],
    ["spin:variables/variables@3.0.0", spins.slice(2)],
    ["wasi:http/client@0.3.0-rc-2026-01-06", ["spin-up@3.6"]],
    ["wasi:http/client@0.3.0-rc-2026-03-15", spins.slice(2)],
    ["wasi:http/client@0.3.0", ["spin-up@4.1"]],
    ["wasi:http/handler@0.3.0", ["spin-up@4.1"]],
    ["evil:corp/backdoor@1.0.0", []],
  ])("%s is offered by %j of the releases", (imported, expected) => {
    const subject = [{ id: "api", imports: [imported], exports: [handler] }];
    expect(taking(subject).filter((name) => name.startsWith("spin-up"))).toEqual(expected);
    expect(taking(subject).includes("spinkube")).toBe((expected as string[]).includes("spin-up@3.6"));
  });

  test("a core module is for Spin to make a component of, and not for the bundled host", () => {
    const imports = ["wasi_snapshot_preview1#fd_write"];
    expect(taking([{ id: "api", imports, exports: ["memory", "_start"] }])).toEqual(except("bundled-host"));
  });

  test("nothing is judged where no one says which interfaces there are", () => {
    const strange = [{ id: "api", imports: ["evil:corp/backdoor@1.0.0"], exports: [] }];
    expect(taking(strange)).toEqual(["akamai-functions", "fermyon-cloud"]);
  });
});

describe("triggers (targets.md 3.6)", () => {
  test.each([
    ["http", names],
    ["redis", [...spins, "spinkube"]],
    ["mqtt", [...spins, "spinkube"]],
    ["sqs", [...spins, "spinkube"]],
    ["command", [...spins, "spinkube"]],
    ["cron", spins],
  ])("%s is run by %j", (type, expected) => {
    expect(taking({ lockedApp: locked({}, [trigger(type)]) })).toEqual(expected);
  });

  test("the trigger decides what a component must export", () => {
    const app = (type: string, exported: string): Parameters<typeof checkTarget>[0] => ({
      components: [{ id: "api", imports: [], exports: [exported] }],
      lockedApp: locked({}, [trigger(type)]),
    });
    const judged = (type: string, exported: string): string[] => codes(app(type, exported), "spin-up@4.0");
    const refused = ["ERR_SPIN_TARGET_EXPORT components[0].exports"];
    expect(judged("redis", "fermyon:spin/inbound-redis")).toEqual([]);
    expect(judged("redis", "spin:redis/inbound-redis@3.0.0")).toEqual([]);
    expect(judged("redis", "wasi:http/incoming-handler@0.2.0")).toEqual(refused);
    expect(judged("http", "fermyon:spin/inbound-redis")).toEqual(refused);
    expect(judged("http", "wasi:http/handler@0.3.0-rc-2026-03-15")).toEqual([]);
    expect(judged("cron", "whatever:it/calls@1.0.0")).toEqual([]);
    expect(codes(app("redis", "spin:redis/inbound-redis@3.0.0"), "spin-up@3.6")).toEqual(refused);
  });

  test("Wagi and components that no trigger calls need no handler", () => {
    const components = [{ id: "api", imports: [], exports: ["wasi:cli/run@0.2.0"] }];
    const wagi = trigger("http", { executor: { type: "wagi" } });
    expect(codes({ components, lockedApp: locked({}, [wagi]) }, "spin-up@4.0")).toEqual([]);
    expect(codes({ components, lockedApp: locked({}, []) }, "spin-up@4.0")).toEqual([]);
  });
});

describe("features (targets.md 3.3, 3.4 and 3.6)", () => {
  test.each([
    [
      "service chaining",
      locked({ host_requirements: { local_service_chaining: "required" } }),
      except("fermyon-cloud"),
    ],
    ["optional chaining", locked({ host_requirements: { local_service_chaining: "optional" } }), names],
    [
      "middleware",
      locked({ host_requirements: { middleware: "required" } }),
      ["spin-up@4.1", "akamai-functions"],
    ],
    ["a requirement of a later Spin", locked({ host_requirements: { telepathy: "required" } }), []],
    ["dependencies", locked({ dependencies: { "x:y": {} } }), except("bundled-host", "spin-up@2.7")],
    [
      "static responses",
      locked({}, [{ trigger_type: "http", trigger_config: { static_response: {} } }]),
      except("spin-up@2.7"),
    ],
    ["SQLite", locked({ metadata: { databases: ["d"] } }), except("bundled-host", "akamai-functions")],
    ["AI models", locked({ metadata: { ai_models: ["m"] } }), except("bundled-host")],
    ["files", locked({ files: [{ path: "a" }] }), except("bundled-host")],
  ])("%s: %j is taken by %j", (_what, lockedApp, expected) => {
    expect(taking({ lockedApp })).toEqual(expected);
  });

  test("grants are told once where components are known too", () => {
    const components = [{ id: "api", grants: [grant({ sqliteDatabases: ["d"] })] }];
    const app = { components, lockedApp: locked({ metadata: { databases: ["d"] } }) };
    expect(codes(app, "akamai-functions")).toEqual([
      "ERR_SPIN_TARGET_GRANT components[0].grants[0].sqliteDatabases",
    ]);
  });
});

describe("sizes and names", () => {
  test("targets.md 3.4: Akamai Functions takes 50 MiB, of all binaries together", () => {
    const half = 25 * 1024 * 1024;
    const sized = (...sizes: number[]): { size: number }[] => sizes.map((size) => ({ size }));
    expect(codes(sized(half, half), "akamai-functions")).toEqual([]);
    expect(codes(sized(half, half, 1), "akamai-functions")).toEqual(["ERR_SPIN_TARGET_SIZE components"]);
  });

  test.each([
    ["a", []],
    ["a".repeat(52), []],
    ["a".repeat(53), ["spinkube"]],
    ["Shop", ["spinkube"]],
    ["1shop", ["spinkube"]],
    ["shop-", ["spinkube"]],
    ["shop_1", ["spinkube"]],
    ["a".repeat(64), ["bundled-host", "spinkube"]],
    ["shop.example", ["bundled-host", "spinkube", "fermyon-cloud"]],
    ["shop\n", ["bundled-host", "spinkube", "fermyon-cloud"]],
  ])("targets.md 2.2 and 3.3: the name %j is told by %j", (name, expected) => {
    expect(names.filter((target) => codes({ name }, target).length > 0)).toEqual(expected);
  });

  test("a name is an error where the target refuses it, and a warning where it is named anew", () => {
    expect(checkTarget({ name: "A.b" }, "fermyon-cloud")).toMatchObject([{ severity: "error" }]);
    expect(checkTarget({ name: "A.b" }, "spinkube")).toMatchObject([
      { code: "ERR_SPIN_TARGET_NAME", severity: "warning", path: "name" },
    ]);
  });
});

test("an issue names the target, what it found and the next step", () => {
  const app = { lockedApp: locked({ dependencies: { "x:y/z": {} } }) };
  expect(checkTarget(app, "spin-up@2.7").map(describeIssue)).toEqual([
    'lockedApp.components[0].dependencies: The component "api" has the dependencies x:y/z, which Spin 2.7 does not know. Do without it, or deploy to a target of a newer Spin.',
  ]);
});

describe("targetNamed", () => {
  test.each([
    ["spin-up", "spin-up@4.0"],
    ["spin-up@3.6", "spin-up@3.6"],
    ["spin-up:3.6", "spin-up@3.6"],
    ["bundled host", "bundled-host"],
    ["spinkube", "spinkube"],
  ])("%s is %s", (text, expected) => {
    expect(targetNamed(text)).toBe(expected);
  });

  test("guesses at a slip, and names all that there are", () => {
    const error = caught(() => targetNamed("akamai-function"));
    expect(error.hint).toMatch(
      /^Did you mean "akamai-functions"\? Targets are bundled-host, .*fermyon-cloud;/,
    );
  });
});
