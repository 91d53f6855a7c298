import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Empty, messages } from "../../../provider/plugin/protocol.ts";
import { checkout } from "../../support/imports.ts";
import { PluginClient, toStruct } from "./client.ts";

let plugin: PluginClient;
beforeAll(async () => {
  plugin = await PluginClient.start();
});
afterAll(() => plugin.stop());

const readJson = (file: string) => JSON.parse(readFileSync(join(checkout, file), "utf8"));

describe("the plugin", () => {
  test("greets the engine: it takes secrets, previews and knows autonaming", async () => {
    expect(plugin.greeting).toMatchObject({
      acceptSecrets: true,
      acceptResources: true,
      acceptOutputs: true,
      supportsAutonamingConfiguration: true,
      acceptsOutputsInCheck: false,
    });
    const configured = await plugin.call<pb.ConfigureResponse>("configure", new messages.ConfigureRequest());
    expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });
  });

  test("has the version of the package, and the schema that the repository holds", async () => {
    const info = await plugin.call<{ getVersion(): string }>("getPluginInfo", new Empty());
    expect(info.getVersion()).toBe(readJson("package.json").version);
    const request = new messages.GetSchemaRequest();
    const schema = await plugin.call<pb.GetSchemaResponse>("getSchema", request);
    expect(JSON.parse(schema.getSchema())).toEqual(readJson("schema.json"));
    const other = plugin.call("getSchema", request.setSubpackageName("other"));
    await expect(other).rejects.toMatchObject({ details: expect.stringContaining("subpackage") });
  });

  test("answers that it does not implement what it does not", async () => {
    await expect(plugin.call("parameterize", new messages.ParameterizeRequest())).rejects.toMatchObject({
      code: 12,
    });
  });
});

describe("the configuration", () => {
  const checkConfig = async (news: object) => {
    const request = new messages.CheckRequest().setUrn("urn:x").setNews(toStruct(news));
    const response = await plugin.call<pb.CheckResponse>("checkConfig", request);
    return response.getFailuresList().map((failure) => failure.toObject());
  };

  test("may hold what the engine and the SDK add, and warns of other names", async () => {
    expect(await checkConfig({ version: "0.1.0", hostDir: "host", hostDri: "x" })).toEqual([]);
    expect(plugin.logged).toEqual([
      {
        severity: 2,
        urn: "urn:x",
        message: expect.stringMatching(/no setting "hostDri".*Did you mean "hostDir"\?/),
      },
    ]);
  });

  test("fails at the setting that is wrong", async () => {
    expect(await checkConfig({ hostDir: "" })).toEqual([
      { property: "hostDir", reason: expect.stringContaining("[ERR_SPIN_INPUT_TYPE]") },
    ]);
  });

  test("replaces nothing when it changes, nor when a stack moves here from dynamic resources", async () => {
    const olds = toStruct({ "shop:token": "x", __provider: "text" });
    const request = new messages.DiffRequest().setOlds(olds).setNews(toStruct({ hostDir: "host" }));
    const diff = await plugin.call<pb.DiffResponse>("diffConfig", request);
    expect(diff.toObject()).toMatchObject({
      changes: messages.DiffResponse.DiffChanges.DIFF_NONE,
      replacesList: [],
    });
  });

  test("says which host a deployment without one is for", async () => {
    const app = { name: "shop", variables: [], components: [], routes: [] };
    await plugin.configure({ hostDir: "../host" });
    const { inputs } = await plugin.check("HostDeployment", { app });
    expect(inputs).toMatchObject({ host: { stateDir: "../host" } });
    const own = await plugin.check("HostDeployment", { app, host: { stateDir: "own" } });
    expect(own.inputs).toMatchObject({ host: { stateDir: "own" } });
    await plugin.configure({});
    expect((await plugin.check("HostDeployment", { app })).inputs).not.toHaveProperty("host");
  });
});
