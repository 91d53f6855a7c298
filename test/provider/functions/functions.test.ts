import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../../../provider/functions/call.ts";
import { functions } from "../../../provider/functions/index.ts";
import { created } from "../dynamic/handlers.ts";
import { deployment, TestHost } from "../../runtime/control/test-host.ts";

jest.setTimeout(60_000);

const host = new TestHost();
const dir = mkdtempSync(join(tmpdir(), "functions-"));
afterAll(async () => {
  await host.remove();
  rmSync(dir, { recursive: true });
});

const ask = async (name: string, args: Record<string, unknown>) => {
  const token = `spin:index:${name}`;
  const answer = await call(token, args);
  // The declared outputs are what SDKs in other languages are made from.
  const { success, error } = functions.find((it) => it.token === token)!.outputs.safeParse(answer);
  if (!success) throw error;
  return answer;
};

describe("getApp", () => {
  test("answers what the host has, without the values of secrets", async () => {
    const where = { host: { stateDir: host.stateDir } };
    await (
      await host.client()
    ).deploy("shop", deployment("hi", { variables: { greeting: "hey", token: "sesame" } }));
    const answer = await ask("getApp", { name: "shop", ...where });
    expect(answer).toMatchObject({
      name: "shop",
      status: "running",
      revision: 1,
      variables: { greeting: "hey" },
    });
    expect(answer["history"]).toMatchObject([{ revision: 1, digest: answer["digest"] }]);
    expect(JSON.stringify(answer)).not.toContain("sesame");
    await expect(ask("getApp", { name: "none", ...where })).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_NO_APP",
    });
  });

  test("says so when no host runs", async () => {
    const asked = ask("getApp", { name: "shop", host: { stateDir: dir } });
    await expect(asked).rejects.toMatchObject({ code: "ERR_SPIN_HOST_NOT_RUNNING" });
  });
});

test("inspectComponent reads a file; one that is none is an error at its property", async () => {
  const file = join(dir, "empty.wasm");
  // The preamble of a component, and nothing in it.
  writeFileSync(file, Buffer.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]));
  expect(await ask("inspectComponent", { source: file })).toMatchObject({
    kind: "component",
    sizeBytes: 8,
    imports: [],
    digest: expect.stringMatching(/^sha256:/),
  });
  const missing = ask("inspectComponent", { source: join(dir, "none.wasm") });
  await expect(missing).rejects.toMatchObject({ code: "ERR_SPIN_COMPONENT_MISSING", path: "source" });
});

/** An app of one component with this import, as far as targets are concerned. */
const imports = (name: string) => ({
  name: "shop",
  components: [
    { id: "api", imports: [name], exports: ["wasi:http/incoming-handler@0.2.0"], grants: [], size: 8 },
  ],
});

test("checkTargets says for each target what keeps the app from it", async () => {
  const { outs } = await created("App", {
    name: "shop",
    routes: [{ route: "/...", staticResponse: { statusCode: 200, headers: {}, body: "hi" } }],
  });
  const { results } = await ask("checkTargets", { app: outs["definition"] });
  expect(results).toHaveLength(8);
  expect(results).toContainEqual({ target: "bundled-host", canRun: true, problems: [] });
  const chosen = await ask("checkTargets", {
    app: imports("acme:moon/phase@1.0.0"),
    targets: ["spin-up", "spinkube"],
  });
  expect(chosen["results"]).toMatchObject([
    { target: "spin-up@4.0", canRun: false, problems: [expect.stringContaining("acme:moon/phase@1.0.0")] },
    { target: "spinkube", canRun: false },
  ]);
  await expect(ask("checkTargets", { app: outs["definition"], targets: ["moon"] })).rejects.toMatchObject({
    code: "ERR_SPIN_TARGET_UNKNOWN",
  });
});

test("diffCapabilities tells what the head may do that the base may not", async () => {
  const manifest = (hosts: string) =>
    `spin_manifest_version = 2\n[application]\nname = "shop"\n[[trigger.http]]\nroute = "/..."\ncomponent = "api"\n[component.api]\nsource = "api.wasm"\nallowed_outbound_hosts = [${hosts}]\n`;
  const same = await ask("diffCapabilities", { base: manifest(""), head: manifest("") });
  expect(same).toMatchObject({ changes: [] });
  expect(same).not.toHaveProperty("worstRisk");
  const wider = await ask("diffCapabilities", { base: manifest(""), head: manifest('"https://*"') });
  expect(wider).toMatchObject({ worstRisk: "high", changes: [{ component: "api", after: ["https://*"] }] });
  expect(wider["markdown"]).toContain("https://*");
  const broken = ask("diffCapabilities", { base: manifest(""), head: "nonsense" });
  await expect(broken).rejects.toThrow(/^head:1:/);
});

test("arguments are checked, all of them, and an unknown function is one", async () => {
  await expect(ask("getApp", { nam: "shop" })).rejects.toThrow(/nam: .*no input "nam".*name is missing/s);
  await expect(call("spin:index:getMoon", {})).rejects.toMatchObject({ code: "ERR_SPIN_RESOURCE_UNKNOWN" });
});
