import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { messages } from "../../../provider/plugin/protocol.ts";
import { asset, PluginClient, secret, toStruct, unknownText } from "./client.ts";

let plugin: PluginClient;
beforeAll(async () => {
  plugin = await PluginClient.start();
});
afterAll(() => plugin.stop());

const { Mode } = messages.CheckRequest.AutonamingOptions;
const { Kind } = messages.PropertyDiff;
const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

function autonaming(mode: (typeof Mode)[keyof typeof Mode], proposed = "shop-4f2a") {
  const options = new messages.CheckRequest.AutonamingOptions();
  options.setMode(mode).setProposedName(proposed);
  return new messages.CheckRequest().setAutonaming(options);
}

describe("check", () => {
  test("answers the inputs with their defaults, and of the outputs those that diff compares", async () => {
    expect(await plugin.check("Variable", { name: "greeting", default: "Hello" })).toEqual({
      inputs: { name: "greeting", default: "Hello", secret: false },
      failures: [],
    });
  });

  test("names an app, a variable and a component after their resource, unless autonaming is off", async () => {
    expect((await plugin.check("Variable", {})).inputs).toMatchObject({ name: "it" });
    expect((await plugin.check("App", {})).inputs).toMatchObject({ name: "it" });
    const { failures } = await plugin.check("App", {}, autonaming(Mode.DISABLE));
    expect(failures).toEqual([
      { property: "name", reason: expect.stringContaining("ERR_SPIN_INPUT_MISSING") },
    ]);
  });

  test("gives a deployment the name that the project prescribes, and keeps it", async () => {
    const app = { name: "shop", variables: [], components: [], routes: [] };
    const named = await plugin.check("HostDeployment", { app }, autonaming(Mode.ENFORCE));
    expect(named.inputs).toMatchObject({ name: "shop-4f2a" });
    const olds = toStruct({ name: "shop-4f2a" });
    const again = autonaming(Mode.ENFORCE, "shop-77c1").setOlds(olds);
    expect((await plugin.check("HostDeployment", { app }, again)).inputs).toMatchObject({
      name: "shop-4f2a",
    });
    const { inputs } = await plugin.check("HostDeployment", { app }, autonaming(Mode.PROPOSE));
    expect(inputs).toMatchObject({ name: "shop" });
  });

  test("collects failures, each at its property", async () => {
    const { failures } = await plugin.check("Route", { route: 7, routes: [] });
    expect(failures).toEqual([
      {
        property: "routes",
        reason: expect.stringMatching(/Did you mean "route"\? \[ERR_SPIN_INPUT_UNKNOWN\]/),
      },
      { property: "route", reason: expect.stringContaining("[ERR_SPIN_INPUT_TYPE]") },
    ]);
  });

  test("refuses a secret where the manifest would show it, with its place and not its value", async () => {
    const news = { environment: { KEY: secret("canary") }, source: "a.wasm" };
    const { failures } = await plugin.check("Component", news);
    expect(failures).toEqual([
      { property: "environment.KEY", reason: expect.stringContaining("[ERR_SPIN_INPUT_SECRET]") },
    ]);
    expect(JSON.stringify(failures)).not.toContain("canary");
  });

  test("refuses an asset with its place", async () => {
    const { failures } = await plugin.check("Component", { source: asset() });
    expect(failures).toEqual([
      { property: "source", reason: expect.stringContaining("[ERR_SPIN_INPUT_ASSET]") },
    ]);
  });

  test("says of a warning nothing that would stop the update", async () => {
    const { failures } = await plugin.check("CapabilityGrant", {});
    expect(failures).toEqual([]);
  });
});

describe("preview", () => {
  test("knows what follows from the inputs", async () => {
    const { inputs } = await plugin.check("Route", { route: "/x", staticResponse: { body: "x" } });
    const definition = { route: "/x", staticResponse: { body: "x" } };
    expect(await plugin.create("Route", inputs, true)).toEqual({
      id: "",
      outputs: { ...inputs, definition },
    });
    expect(await plugin.update("Route", {}, inputs, true)).toEqual({ ...inputs, definition });
  });

  test("says what it does not know in its place", async () => {
    const { inputs, failures } = await plugin.check("Variable", { name: "greeting", default: unknownText });
    expect(failures).toEqual([]);
    const { outputs } = await plugin.create("Variable", inputs, true);
    expect(outputs).toMatchObject({
      default: unknownText,
      definition: { name: "greeting", default: unknownText, required: false },
    });
  });
});

describe("diff", () => {
  const old = { name: "greeting", default: "Hello", secret: false };

  test("finds nothing in equal properties, whatever the protocol keeps beside them", async () => {
    const diff = await plugin.diff("Variable", { ...old, definition: {}, __provider: "text" }, old);
    expect(diff).toMatchObject({ changes: DIFF_NONE, diffsList: [], hasdetaileddiff: true });
  });

  test("tells added, changed and removed properties apart", async () => {
    const diff = await plugin.diff(
      "Variable",
      { ...old, required: true },
      { ...old, default: "Hi", description: "x" },
    );
    expect(diff).toMatchObject({ changes: DIFF_SOME, replacesList: [], deletebeforereplace: false });
    expect(Object.fromEntries(diff.detaileddiffMap.map(([name, { kind }]) => [name, kind]))).toEqual({
      default: Kind.UPDATE,
      required: Kind.DELETE,
      description: Kind.ADD,
    });
  });
});

describe("create, read and delete", () => {
  test("give a resource that only computes its identity and its outputs", async () => {
    const { inputs } = await plugin.check("Variable", { default: "Hello" });
    const { id, outputs } = await plugin.create("Variable", inputs);
    expect(id).toBe("it");
    expect(outputs).toMatchObject({ definition: { name: "it", default: "Hello" } });
    expect(await plugin.read("Variable", id, outputs)).toMatchObject({ id, outputs });
    await plugin.delete("Variable", id, outputs);
  });

  test("refuse to import what exists only in the program", async () => {
    await expect(plugin.read("Variable", "greeting")).rejects.toMatchObject({
      code: 9,
      details: expect.stringContaining("ERR_SPIN_IMPORT_PURE"),
    });
  });

  test("refuse a resource that this version does not have", async () => {
    await expect(plugin.create("Teapot", {})).rejects.toMatchObject({
      code: 9,
      details: expect.stringContaining("ERR_SPIN_RESOURCE_UNKNOWN"),
    });
  });
});
