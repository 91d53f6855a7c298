import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";

import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { type Declared, frontEnds, type Kind, output, ref, type Value } from "../../support/front-ends.ts";
import { resources } from "./resources.ts";
import { openStack, type Stack } from "../../support/stack.ts";

jest.setTimeout(300_000);

const binary = readFileSync(join(checkout, "test", "fixtures", "upgrade", "0.1.0", "api.wasm"));
/** What is not known before it is built. */
const build = { command: ["cp", "prebuilt.wasm", "built.wasm"], watch: ["source.txt"] };

/** Enough inputs for a resource of each kind; another one is then not known. */
const enough: Record<Exclude<Kind, "Artifact" | "Provider">, Record<string, Value>> = {
  App: { components: [], routes: [ref("fact")] },
  CapabilityGrant: {},
  Component: { componentId: "api", source: "prebuilt.wasm" },
  HostDeployment: { app: ref("shop"), listen: "127.0.0.1:1" },
  RedisTrigger: { channel: "orders", component: "api" },
  Route: { route: "/a", component: "api" },
  Trigger: { type: "cron", component: "api" },
  Variable: { name: "greeting", default: "a" },
};
/** Inputs that stand in for each other. */
const instead: Record<string, string> = {
  "HostDeployment-artifact": "app",
  "Route-private": "route",
  "Route-staticResponse": "component",
  "Route-components": "component",
  "Trigger-components": "component",
};

/** Not as a whole: what a program passes there is looked into before it is known. */
const inside: Record<string, (unknown: Value) => Value> = {
  "Component-dependencies": (path) => ({ "a:b": { path } }),
  "Component-profiles": (environment) => ({ debug: { environment } }),
  "Route-middleware": (path) => [{ path }],
  "Route-components": (extra) => ({ extra }),
  "Trigger-components": (main) => ({ main }),
  "Trigger-dependencies": (path) => ({ main: [{ path }] }),
};

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    stack.program.write("prebuilt.wasm", binary);
    stack.program.write("source.txt", "one");
  });
  afterAll(() => stack.dispose());

  const shop = (inputs: Record<string, Value> = {}): Record<string, Declared> => ({
    open: { type: "Component", inputs: { componentId: "api", source: "built.wasm", build } },
    greeting: { type: "Variable", inputs: { default: "Hello" } },
    fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "fact" } } },
    shop: { type: "App", inputs: { components: [], variables: [ref("greeting")], routes: [ref("fact")] } },
    local: { type: "HostDeployment", inputs: { app: ref("shop"), listen: stack.listen, ...inputs } },
  });
  const files = () =>
    readdirSync(stack.program.workspace.projectDir, { recursive: true, encoding: "utf8" }).sort();

  test("2: a preview of an empty stack starts and writes nothing, and shows what is known", async () => {
    const { workspace } = stack.program;
    const nowhere = join(workspace.dir, "nowhere");
    stack.write({
      resources: shop(),
      outputs: {
        url: output("local.url"),
        locked: output("shop.digest"),
        revision: output("local.revision"),
        built: output("open.digest"),
      },
    });
    const before = files();
    const usual = workspace.environment["PULUMI_SPIN_HOST_DIR"];
    workspace.environment["PULUMI_SPIN_HOST_DIR"] = nowhere;
    const { output: said, steps } = await stack.run("preview", "--diff");
    workspace.environment["PULUMI_SPIN_HOST_DIR"] = usual;
    expect(existsSync(nowhere)).toBe(false);
    expect(files()).toEqual(before);
    expect(await stack.program.state()).toEqual([]);
    expect(steps.map(({ name, op }) => `${op} ${name}`).sort()).toEqual([
      "create fact",
      "create greeting",
      "create local",
      "create open",
      "create shop",
    ]);
    expect(said).toContain(`http://${stack.listen}/`);
    expect(said).toMatch(/locked *: "sha256:/);
    expect(said).toMatch(/revision *: \[unknown\]/);
    expect(said).toMatch(/built *: \[unknown\]/);
    await stack.run("preview");
    expect(stack.admin.writes()).toEqual([]);
  });

  test("7: any input may be unknown, alone, in the preview of what is new", async () => {
    const unknowns = resources.flatMap(({ token, inputs: { shape } }) => {
      const kind = token.split(":").at(-1) as Exclude<Kind, "Artifact" | "Provider">;
      return Object.keys(shape).map((input): [string, Declared] => {
        const name = `${kind}-${input}`;
        const { [instead[name] ?? ""]: _instead, ...inputs } = enough[kind];
        const unknown = output("open.definition.digest");
        const value = inside[name]?.(unknown) ?? unknown;
        return [name, { type: kind, inputs: { ...inputs, [input]: value } }];
      });
    });
    const nested: Record<string, Declared> = {
      "in a list": {
        type: "CapabilityGrant",
        inputs: { keyValueStores: ["default", output("open.digest")] },
      },
      "in a map": {
        type: "HostDeployment",
        inputs: { app: ref("shop"), variables: { greeting: output("open.digest") } },
      },
      "in an object": {
        type: "Route",
        inputs: { route: "/a", staticResponse: { body: output("open.digest") } },
      },
    };
    stack.write({ resources: { ...shop(), ...Object.fromEntries(unknowns), ...nested } });
    const { steps } = await stack.run("preview");
    const previewed = steps.filter(({ op }) => op === "create").map(({ name }) => name);
    expect(previewed).toEqual(
      expect.arrayContaining([...unknowns.map(([name]) => name), ...Object.keys(nested)]),
    );
    expect(stack.admin.writes()).toEqual([]);
  });

  test("7: an update to what is not known yet is one, and of what may not change a replacement", async () => {
    stack.write({ resources: shop({ name: "shop" }) });
    await stack.up();
    stack.program.write("source.txt", "two");
    stack.admin.writes();
    const of = async (inputs: Record<string, Value>) => {
      stack.write({ resources: shop({ name: "shop", ...inputs }) });
      const { steps } = await stack.run("preview");
      return steps.filter(({ name }) => name === "local");
    };
    const digest = output("open.digest");
    const [update, ...rest] = await of({ variables: { greeting: digest }, listen: digest });
    expect(rest).toEqual([]);
    expect(update).toMatchObject({ op: "update", diff: { listen: "update" } });
    const replaced = await of({ name: digest });
    expect(replaced.map(({ op }) => op)).toEqual(
      expect.arrayContaining(["delete-replaced", "replace", "create-replacement"]),
    );
    expect(replaced.find(({ op }) => op === "replace")?.replaces).toEqual(["name"]);
    expect(stack.admin.writes()).toEqual([]);
    await stack.destroy();
  });
});
