import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { SpinError } from "../../../model/errors/index.ts";
import { issue } from "../../../model/errors/index.ts";
import { contextOf } from "../../../provider/definition/context.ts";
import { check } from "../../../provider/definition/check.ts";
import { formatPath } from "../../../provider/definition/property-path.ts";
import type { Properties, ResourceDefinition } from "../../../provider/definition/resource.ts";
import { unknown } from "../../../provider/definition/unknown.ts";
import { resources } from "../../../provider/resources/index.ts";

const context = contextOf({ projectDir: "/nowhere", log: () => {} });

const garden: ResourceDefinition = {
  token: "spin:index:Garden",
  description: "A garden.",
  inputs: z.strictObject({
    name: z.string(),
    beds: z.array(z.strictObject({ plant: z.string(), rows: z.int().default(1) })).default([]),
    isOpen: z.boolean().default(true),
  }),
  outputs: z.object({ summary: z.string() }),
  identify: ({ name }) => String(name),
  derive: ({ name }) => ({ summary: typeof name === "string" ? `The garden ${name}` : unknown }),
};

const of = (news: Properties, definition = garden) => check(definition, news, context);

async function failures(news: Properties): Promise<[string, string][]> {
  return (await of(news)).issues.map(({ code, path }) => [code, path]);
}

describe("check", () => {
  test("completes the inputs with their defaults, nested ones too, and with what follows from them", async () => {
    expect(await of({ name: "east", beds: [{ plant: "leek" }] })).toEqual({
      issues: [],
      inputs: { name: "east", beds: [{ plant: "leek", rows: 1 }], isOpen: true },
      derived: { summary: "The garden east" },
    });
  });

  test("takes null for not given", async () => {
    expect(await of({ name: "east", beds: null, isOpen: null })).toEqual(await of({ name: "east" }));
    expect(await failures({ name: null })).toEqual([["ERR_SPIN_INPUT_MISSING", "name"]]);
  });

  test("names a key that is not there, and the one that was meant", async () => {
    const { issues } = await of({ name: "east", isOpne: false });
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_INPUT_UNKNOWN", path: "isOpne", hint: 'Did you mean "isOpen"?' },
    ]);
  });

  test("lists the inputs when no key is near", async () => {
    const { issues } = await of({ name: "east", waterPressure: 3 });
    expect(issues).toMatchObject([
      { path: "waterPressure", hint: expect.stringContaining("name, beds, isOpen") },
    ]);
  });

  test("collects everything: missing, wrong types and unknown keys, each with its path", async () => {
    const wrong = {
      isOpen: "yes",
      beds: [{ plant: "leek" }, { plant: 7, rows: 1.5, color: "green" }],
      lawn: 1,
    };
    expect(new Map((await failures(wrong)).map(([code, path]) => [path, code]))).toEqual(
      new Map([
        ["name", "ERR_SPIN_INPUT_MISSING"],
        ["isOpen", "ERR_SPIN_INPUT_TYPE"],
        ["beds[1].plant", "ERR_SPIN_INPUT_TYPE"],
        ["beds[1].rows", "ERR_SPIN_INPUT_TYPE"],
        ["beds[1].color", "ERR_SPIN_INPUT_UNKNOWN"],
        ["lawn", "ERR_SPIN_INPUT_UNKNOWN"],
      ]),
    );
  });

  test("says what was expected and what was found", async () => {
    const { issues } = await of({ name: 7 });
    expect(issues).toMatchObject([{ path: "name", message: expect.stringMatching(/string.*number/) }]);
  });

  test("gives back what it was given when something is wrong, so that the engine shows that", async () => {
    const news = { name: 7, isOpne: false };
    expect((await of(news)).inputs).toEqual(news);
  });

  test.each([
    ["the whole input", { name: unknown, beds: unknown, isOpen: unknown }],
    ["a member", { name: "east", beds: [unknown, { plant: unknown, rows: unknown }] }],
  ])("says nothing of what is not known yet: %s", async (_where, news: Properties) => {
    const { issues, inputs } = await of(news);
    expect(issues).toEqual([]);
    expect(inputs).toMatchObject(news);
  });

  test("judges what is known beside what is not", async () => {
    expect(await failures({ name: "east", beds: [unknown, { plant: 7, rows: unknown }] })).toEqual([
      ["ERR_SPIN_INPUT_TYPE", "beds[1].plant"],
    ]);
  });

  test("gives rules `undefined` for what is not known, and asks them only about the right shape", async () => {
    const seen: Properties[] = [];
    const strict: ResourceDefinition = {
      ...garden,
      validate(inputs) {
        seen.push(inputs);
        return [issue("ERR_SPIN_INPUT_TYPE", "name", "It is not a good name.")];
      },
    };
    expect((await of({ name: "east", beds: [unknown] }, strict)).issues).toHaveLength(1);
    await of({ name: 7 }, strict);
    expect(seen).toEqual([{ name: "east", beds: [undefined], isOpen: true }]);
  });

  test("turns a user's fault on the way into an issue, and lets a bug be seen", async () => {
    const fail = (error: unknown): ResourceDefinition => ({
      ...garden,
      derive() {
        throw error;
      },
    });
    const user = new SpinError("ERR_SPIN_COMPONENT_MISSING", "There is no file.", { path: "source" });
    expect(await of({ name: "east" }, fail(user))).toMatchObject({
      issues: [{ code: "ERR_SPIN_COMPONENT_MISSING", path: "source", severity: "error" }],
      inputs: { name: "east" },
    });
    await expect(of({ name: "east" }, fail(new TypeError("oops")))).rejects.toThrow("oops");
  });
});

describe("each resource", () => {
  test.each(resources.map((it) => [it.token, it] as const))(
    "%s accepts that nothing is known yet",
    async (_, it) => {
      const news = Object.fromEntries(Object.keys(it.inputs.shape).map((name) => [name, unknown]));
      expect((await of(news, it)).issues).toEqual([]);
    },
  );

  test.each(resources.map((it) => [it.token, it] as const))("%s refuses an unknown key", async (_, it) => {
    const { issues } = await of({ bogus: 1 }, it);
    expect(issues).toContainEqual(expect.objectContaining({ code: "ERR_SPIN_INPUT_UNKNOWN", path: "bogus" }));
  });
});

test("paths are written as Pulumi writes them", () => {
  expect(formatPath(["routes", 1, "route"])).toBe("routes[1].route");
  expect(formatPath(["variables", "a.b", "c-d"])).toBe('variables["a.b"].c-d');
  expect(formatPath([])).toBe("");
});

describe("a Pulumi secret among the inputs", () => {
  const definitionOf = (token: string) => resources.find((it) => it.token === token)!;
  const context = contextOf({ projectDir: ".", log: () => {} });

  test.each(["Variable", "CapabilityGrant", "Component", "Route", "App"])(
    "is refused by %s, with its place when that is known",
    async (kind) => {
      const secrets = [[], ["files", 0, "source"]];
      const { issues } = await check(definitionOf(`spin:index:${kind}`), {}, context, { secrets });
      expect(issues).toMatchObject([
        { code: "ERR_SPIN_INPUT_SECRET", path: "" },
        { code: "ERR_SPIN_INPUT_SECRET", path: "files[0].source" },
      ]);
    },
  );

  test("is what a HostDeployment's variables are for", async () => {
    const app = {
      name: "shop",
      variables: [{ name: "token", required: true, secret: true }],
      components: [],
    };
    const inputs = { app, variables: { token: "t" } };
    const codes = async (...secrets: string[][]) => {
      const deployment = definitionOf("spin:index:HostDeployment");
      return (await check(deployment, inputs, context, { secrets })).issues.map(({ code }) => code);
    };
    expect(await codes([], ["variables", "token"])).toEqual([]);
    expect(await codes(["app", "name"])).toEqual(["ERR_SPIN_INPUT_SECRET"]);
  });
});
