import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { handle } from "../../../provider/dynamic/index.ts";
import type { Properties } from "../../../provider/definition/resource.ts";
import { checked, created, preview, stored, unknownText } from "./handlers.ts";

const text = fc.string({ maxLength: 12 });
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Inputs of which every one is right. */
const inputsOf: Record<string, fc.Arbitrary<Properties>> = {
  Variable: fc.oneof(
    fc.record({ name, default: text, description: optional(text) }),
    fc.record({ name, required: fc.constant(true), secret: fc.boolean() }),
  ),
  CapabilityGrant: fc.record({
    allowedOutboundHosts: optional(
      fc.array(
        name.map((host) => `https://${host}.example`),
        { maxLength: 3 },
      ),
    ),
    keyValueStores: optional(fc.array(name, { maxLength: 3 })),
    reason: optional(text),
  }),
  Route: fc.record({
    route: name.map((it) => `/${it}`),
    staticResponse: fc.record({ body: text, statusCode: optional(fc.integer({ min: 200, max: 599 })) }),
  }),
  App: fc.record({
    name,
    version: optional(text),
    routes: fc
      .uniqueArray(name, { minLength: 1, maxLength: 3 })
      .map((names) =>
        names.map((it) => ({ route: `/${it}`, staticResponse: { statusCode: 200, headers: {}, body: it } })),
      ),
  }),
};

describe.each(Object.entries(inputsOf))("%s", (kind, inputs) => {
  const handlers = handle(`spin:index:${kind}`);

  test("shows in a preview what create then gives", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (news) => {
        const shown = await preview(kind, news);
        const { id, outs } = await created(kind, news);
        expect(shown).toEqual(outs);
        expect(id).not.toBe("");
      }),
      { numRuns: 40 },
    );
  });

  test("asks for no change when nothing changed, and survives being checked with its own outputs", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (news) => {
        const { id, outs } = await created(kind, news);
        const again = await checked(kind, news, outs);
        expect(await handlers.diff(id, { ...outs, __provider: "old text" }, again)).toMatchObject({
          changes: false,
        });
      }),
      { numRuns: 20 },
    );
  });

  test("asks for an update of what has no provider's text yet: the plugin made it", async () => {
    const [news] = fc.sample(inputs, { numRuns: 1, seed: 7 }) as [Properties];
    const { id, outs } = await created(kind, news);
    const again = await checked(kind, news, outs);
    expect(await handlers.diff(id, outs, again)).toMatchObject({ changes: true, replaces: [] });
  });

  test("reads what state holds, updates to the new inputs, and deletes without a trace", async () => {
    const [before, after] = fc.sample(inputs, { numRuns: 2, seed: 7 }) as [Properties, Properties];
    const { id, outs } = await created(kind, before);
    expect(await handlers.read(id, { ...stored(outs), __provider: "text" })).toEqual({ id, props: outs });
    const wanted = await checked(kind, after, outs);
    expect(await handlers.diff(id, outs, wanted)).toEqual({
      changes: undefined,
      replaces: [],
      deleteBeforeReplace: false,
    });
    expect(await handlers.update(id, outs, wanted)).toEqual({ outs: wanted });
    expect(await handlers.delete(id, wanted)).toBeUndefined();
  });

  test("answers nothing of the protocol's own", async () => {
    const [news] = fc.sample(inputs, { numRuns: 1, seed: 3 }) as [Properties];
    const shown = await preview(kind, { ...news, __provider: "text", __defaults: [] });
    expect(Object.keys(shown).filter((key) => key.startsWith("__"))).toEqual([]);
  });
});

describe("what is not known yet", () => {
  test("stays not known in what follows from it, in a preview alone", async () => {
    const news = { name: "greeting", default: unknownText };
    expect(await preview("Variable", news)).toMatchObject({
      default: unknownText,
      definition: { name: "greeting", default: unknownText, required: false },
    });
    const real = await checked("Variable", news);
    expect(real).toEqual({ name: "greeting", secret: false });
  });

  test.each([
    ["Variable", { name: "greeting", default: unknownText, required: false }],
    ["Variable", { name: "greeting", default: unknownText, secret: unknownText }],
    ["Route", { route: unknownText, staticResponse: { body: "x" } }],
    ["Route", { route: "/x", component: unknownText, private: unknownText }],
    ["CapabilityGrant", { allowedOutboundHosts: [unknownText], keyValueStores: unknownText }],
    ["Component", { componentId: "api", source: unknownText, environment: { A: unknownText } }],
    ["HostDeployment", { app: unknownText, variables: { token: unknownText }, listen: unknownText }],
  ])("is no failure: %s %j", async (kind, news) => {
    expect(
      (await handle(`spin:index:${kind}`).check({}, { ...news, __call: { preview: true } })).failures,
    ).toEqual([]);
  });

  test.each(["component", "staticResponse"])("in a route's %s is no failure of the app", async (target) => {
    const { definition } = await preview("Route", { route: "/x", [target]: unknownText });
    const shown = await preview("App", { name: "shop", routes: [definition] });
    expect(shown).toMatchObject({ digest: unknownText, definition: { lockedApp: unknownText } });
  });
});

describe("failures", () => {
  test("carry the property, the code and the next step, and never throw", async () => {
    const news = { name: "Greeting!", secret: true, default: "sesame", defalt: 1 };
    const { failures } = await handle("spin:index:Variable").check({}, news);
    expect(failures).toEqual([
      {
        property: "defalt",
        reason: expect.stringMatching(/Did you mean "default"\? \[ERR_SPIN_INPUT_UNKNOWN\]$/),
      },
    ]);
  });

  test("name the place inside a list", async () => {
    const route = { route: "/same", staticResponse: { statusCode: 200, headers: {} } };
    const { failures } = await handle("spin:index:App").check({}, { name: "shop", routes: [route, route] });
    expect(failures).toMatchObject([
      { property: "routes[1].route", reason: expect.stringContaining("DUPLICATE") },
    ]);
  });

  test("never repeat the default of a secret variable", async () => {
    const { failures } = await handle("spin:index:Variable").check(
      {},
      {
        name: "token",
        secret: true,
        default: "open-sesame",
      },
    );
    expect(failures).toMatchObject([{ property: "default" }]);
    expect(JSON.stringify(failures)).not.toContain("open-sesame");
  });

  test("of a resource that this version does not have", () => {
    expect(() => handle("spin:index:Cron")).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_RESOURCE_UNKNOWN" }),
    );
  });
});
