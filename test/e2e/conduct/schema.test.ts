import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";

import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { runPulumi } from "../../../scripts/quickstart/run-pulumi.ts";
import { resources as all } from "../../../provider/resources/index.ts";
import * as sdk from "../../../sdk/index.ts";
import { type Declared, frontEnds, type Kind, plugin, ref } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { resources } from "./resources.ts";

jest.setTimeout(300_000);

interface Property {
  default?: unknown;
  secret?: boolean;
  replaceOnChanges?: boolean;
}
interface ResourceSchema {
  inputProperties: Record<string, Property>;
  properties: Record<string, Property>;
  requiredInputs: string[];
  required: string[];
}
const schema = JSON.parse(readFileSync(join(checkout, "schema.json"), "utf8")) as {
  resources: Record<string, ResourceSchema>;
};

const tokens = all.map(({ token }) => token);

const kindOf = (token: string): Exclude<Kind, "Artifact" | "Provider"> =>
  token.split(":").at(-1) as Exclude<Kind, "Artifact" | "Provider">;

/** One resource of each kind, with as little as it can do with. */
const least: Record<Exclude<Kind, "Artifact" | "Provider">, Declared["inputs"]> = {
  Variable: {},
  CapabilityGrant: {},
  Component: { source: "api.wasm" },
  Route: { route: "/a", component: "component" },
  RedisTrigger: { channel: "orders", component: "component" },
  Trigger: { type: "cron", component: "component" },
  App: { components: [], routes: [ref("static")] },
  HostDeployment: { app: ref("app"), listen: "127.0.0.1:0" },
};
const nameOf = (kind: string): string =>
  kind.replaceAll(/[A-Z]/g, (capital, index) => `${index === 0 ? "" : "_"}${capital.toLowerCase()}`);

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    const binary = join(checkout, "test", "fixtures", "upgrade", "0.1.0", "api.wasm");
    stack.program.write("api.wasm", readFileSync(binary));
  });
  afterAll(() => stack.dispose());

  test("1: each resource has the token, inputs, outputs and defaults that are declared", async () => {
    expect(Object.keys(least).sort()).toEqual(resources.map(({ token }) => kindOf(token)).sort());
    stack.write({
      resources: {
        static: { type: "Route", inputs: { route: "/x", staticResponse: { body: "x" } } },
        ...Object.fromEntries(
          (Object.keys(least) as (keyof typeof least)[]).map((kind): [string, Declared] => [
            nameOf(kind),
            { type: kind, inputs: least[kind]! },
          ]),
        ),
      },
    });
    await stack.up();
    for (const { token, inputs, outputs, namedBy } of resources) {
      const declared = schema.resources[token]!;
      const stored = await stack.stored(nameOf(kindOf(token)));
      expect(stored?.type).toBe(frontEnd.typeOf(kindOf(token)));
      const kept = Object.keys(stored?.outputs ?? {}).filter((name) => !name.startsWith("__"));
      expect(Object.keys(declared.properties)).toEqual(expect.arrayContaining(kept));
      expect(kept).toEqual(expect.arrayContaining(declared.required));
      expect(Object.keys(declared.inputProperties).sort()).toEqual(Object.keys(inputs.shape).sort());
      expect(kept).toEqual(expect.arrayContaining(Object.keys(outputs.shape)));
      for (const [name, { default: value }] of Object.entries(declared.inputProperties)) {
        const given = least[kindOf(token)]?.[name];
        if (value !== undefined && given === undefined) expect(stored?.outputs?.[name]).toEqual(value);
      }
      if (namedBy !== undefined) expect(stored?.outputs?.[namedBy]).toBe(nameOf(kindOf(token)));
    }
    await stack.destroy();
  });

  test("1: what makes a new resource is declared so", () => {
    for (const { token, immutable = [] } of all) {
      const { inputProperties } = schema.resources[token]!;
      const replacing = Object.keys(inputProperties).filter((it) => inputProperties[it]?.replaceOnChanges);
      expect(replacing.sort()).toEqual(immutable.filter((it) => it in inputProperties).sort());
    }
  });
});

describe("dynamic", () => {
  test("1 dynamic: there is a class for each resource, which a policy finds by its type", () => {
    for (const { token } of all) {
      const found = (sdk as Record<string, unknown>)[kindOf(token)];
      expect(found).toHaveProperty("__pulumiType", `pulumi-nodejs:dynamic/spin:${kindOf(token)}`);
    }
  });
});

describe("plugin", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(plugin);
  });
  afterAll(() => stack.dispose());

  test("1 plugin: the schema is one that Pulumi accepts, and the one that the plugin tells", async () => {
    const pulumi = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await runPulumi(stack.program.workspace, args, { output: "capture" });
      expect(stderr).toBe("");
      return stdout;
    };
    expect(await pulumi("schema", "check", join(checkout, "schema.json"))).toBe("");
    const told = await pulumi("package", "get-schema", join(checkout, "pulumi-resource-spin"));
    // Pulumi writes what a plugin tells with defaults of its own.
    expect(JSON.parse(told)).toMatchObject({ resources: Object.fromEntries(tokens.map((it) => [it, {}])) });
    const { inputProperties } = (JSON.parse(told) as typeof schema).resources["spin:index:HostDeployment"]!;
    expect(Object.keys(inputProperties).sort()).toEqual(
      Object.keys(schema.resources["spin:index:HostDeployment"]!.inputProperties).sort(),
    );
  });
});
