import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { messages } from "../../../provider/plugin/protocol.ts";
import { PluginClient, toStruct } from "./client.ts";

let plugin: PluginClient;
beforeAll(async () => {
  plugin = await PluginClient.start();
});
afterAll(() => plugin.stop());

async function invoke(token: string, args: object) {
  const request = new messages.InvokeRequest().setTok(token).setArgs(toStruct(args));
  const response = await plugin.call<pb.InvokeResponse>("invoke", request);
  return {
    answer: response.getReturn()?.toJavaScript(),
    failures: response.getFailuresList().map((failure) => failure.toObject()),
  };
}

describe("a function", () => {
  test("is answered", async () => {
    const manifest = [
      'spin_manifest_version = 2\n[application]\nname = "shop"',
      '[[trigger.http]]\nroute = "/fact"\nstatic_response = { body = "x" }\n',
    ].join("\n");
    const args = { base: manifest, head: manifest };
    const { answer, failures } = await invoke("spin:index:diffCapabilities", args);
    expect(failures).toEqual([]);
    expect(answer).toMatchObject({ changes: [], markdown: expect.any(String) });
  });

  test("tells a wrong argument at its place", async () => {
    const { failures } = await invoke("spin:index:getApp", { nmae: "shop" });
    expect(failures).toEqual([
      { property: "nmae", reason: expect.stringContaining("ERR_SPIN_INPUT_UNKNOWN") },
    ]);
  });

  test("of another version is refused", async () => {
    await expect(invoke("spin:index:getTeapot", {})).rejects.toMatchObject({
      code: 9,
      details: expect.stringContaining("ERR_SPIN_RESOURCE_UNKNOWN"),
    });
  });
});
