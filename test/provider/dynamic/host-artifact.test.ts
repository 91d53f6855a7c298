import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { handle } from "../../../provider/dynamic/index.ts";
import type { Properties } from "../../../provider/definition/resource.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { TestHost } from "../../runtime/control/test-host.ts";
import { checked, created, preview, stored, unknownText } from "./handlers.ts";

jest.setTimeout(60_000);

const stats = fileURLToPath(
  new URL("../../../examples/quickstart/components/stats/stats.wasm", import.meta.url),
);
const handlers = handle("spin:index:HostDeployment");
const testHost = new TestHost();
/** One that has no binary yet. */
const fresh = new TestHost();
const host = { stateDir: testHost.stateDir };
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "pulumi-spin-host-artifact-"));
let registry: FakeRegistry;

beforeAll(async () => {
  await testHost.client();
  process.chdir(folder);
  copyFileSync(stats, "stats.wasm");
  registry = await new FakeRegistry().start();
});
afterAll(async () => {
  await registry.stop();
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([testHost.remove(), fresh.remove()]);
});
beforeEach(() => {
  registry.behaviour = {};
  registry.seen.length = 0;
});

async function app(name: string, body = "one"): Promise<Properties> {
  const grant = await created("CapabilityGrant", { keyValueStores: ["default"] });
  const component = await created("Component", {
    componentId: "stats",
    source: "stats.wasm",
    grants: [grant.outs["definition"]],
  });
  const { outs } = await created("App", {
    name,
    components: [component.outs["definition"]],
    routes: [
      { route: "/stats", component: "stats" },
      { route: "/fact", staticResponse: { body } },
    ],
  });
  return outs["definition"] as Properties;
}

async function artifact(name: string, body?: string): Promise<Properties> {
  const repository = `${registry.host}/acme/${name}`;
  const { outs } = await created("Artifact", { app: await app(name, body), repository, tags: ["1"] });
  return outs["definition"] as Properties;
}

const listen = "127.0.0.1:0";
const blobGets = () => registry.kinds.filter((kind) => kind === "GET blobs").length;
const answer = async (url: string, path: string) => (await fetch(new URL(path, url))).text();

async function changesOf(id: string, outs: Properties, news: Properties) {
  const wanted = stored(await checked("HostDeployment", news, stored(outs)));
  const before = { __provider: "text", ...stored(outs) };
  return { wanted, ...(await handlers.diff(id, before, wanted)) };
}

describe("a deployment of an artifact", () => {
  test("is pulled by the host, by digest, and not again", async () => {
    const definition = await artifact("pulled");
    const news = { artifact: definition, listen, host };
    registry.seen.length = 0;
    expect(await preview("HostDeployment", news)).toMatchObject({
      name: "pulled",
      digest: definition["app"].digest,
    });
    expect(registry.seen).toEqual([]);
    const { id, outs } = await created("HostDeployment", news);
    expect(await answer(outs["url"], "/stats")).toContain('"language":"Rust"');
    expect(outs).toMatchObject({ digest: definition["app"].digest, revision: 1, status: "running" });
    // The locked application and the binary.
    expect(blobGets()).toBe(2);
    expect((await changesOf(id, outs, news)).changes).toBe(false);

    const next = { ...news, artifact: await artifact("pulled", "two") };
    registry.seen.length = 0;
    const { wanted, replaces } = await changesOf(id, outs, next);
    expect(replaces).toEqual([]);
    const updated = await handlers.update(id, stored(outs), wanted);
    expect(await answer(outs["url"], "/fact")).toBe("two");
    expect(updated.outs).toMatchObject({ revision: 2 });
    expect(blobGets()).toBe(1);
  });

  test("takes over from a deployment of the app itself, in place", async () => {
    const definition = await app("moving");
    const { id, outs } = await created("HostDeployment", { app: definition, listen, host });
    const news = { artifact: await artifact("moving"), listen, host };
    const { wanted, replaces, changes } = await changesOf(id, outs, news);
    expect([replaces, changes]).toEqual([[], undefined]);
    const after = (await handlers.update(id, stored(outs), wanted)).outs;
    expect(after["url"]).toBe(outs["url"]);
    expect(after["app"]).toBeUndefined();
    expect((await changesOf(id, after, news)).changes).toBe(false);
  });

  test("sees that somebody deployed another application", async () => {
    const news = { artifact: await artifact("drifting"), listen, host };
    const { id, outs } = await created("HostDeployment", news);
    const client = await testHost.client();
    const lockedApp = { ...(await client.lockedApp("drifting")), components: [], triggers: [] };
    await client.deploy("drifting", { lockedApp, listen, variables: {} });
    const { props = {} } = await handlers.read(id, stored(outs));
    expect(props["digest"]).not.toBe(outs["digest"]);
    expect(props["artifact"].app.lockedApp.triggers).toEqual([]);
    const { wanted, changes } = await changesOf(id, props, news);
    expect(changes).toBeUndefined();
    await handlers.update(id, stored(props), wanted);
    expect(await answer(outs["url"], "/fact")).toBe("one");
  });

  test("is refused bytes that are not what the digest says, and keeps none of them", async () => {
    const news = { artifact: await artifact("damaged"), listen, host: { stateDir: fresh.stateDir } };
    const { digest } = news.artifact["app"].components[0];
    const good = registry.blobs.get(digest)!;
    registry.blobs.set(digest, Buffer.from(good).fill(1, 1000, 1001));
    await fresh.client();
    await expect(created("HostDeployment", news)).rejects.toThrow("ERR_SPIN_REGISTRY_DIGEST");
    expect(await (await fresh.client()).hasBlob(digest)).toBe(false);
    registry.blobs.set(digest, good);
    const { outs } = await created("HostDeployment", news);
    expect(await answer(outs["url"], "/stats")).toContain("Rust");
  });
  test("that the registry no longer has, or hides, says so and leaves what runs", async () => {
    const news = { artifact: await artifact("missing"), listen, host };
    const { digest } = news.artifact;
    const manifest = registry.manifests.get(digest)!;
    registry.manifests.delete(digest);
    await expect(created("HostDeployment", news)).rejects.toThrow("ERR_SPIN_REGISTRY_NOT_FOUND");
    registry.manifests.set(digest, manifest);
    registry.behaviour = { hook: (_, response) => (fail(response, 403, "DENIED"), true) };
    await expect(created("HostDeployment", news)).rejects.toThrow("ERR_SPIN_REGISTRY_DENIED");
    expect(await (await testHost.client()).getApp("missing")).toBeUndefined();
  });

  test("whose definition says another application than the registry has is refused", async () => {
    const definition = await artifact("forged");
    const other = await artifact("forged", "other");
    const forged = { ...other, app: definition["app"] };
    const refused = created("HostDeployment", { artifact: forged, listen, host });
    await expect(refused).rejects.toThrow("ERR_SPIN_ARTIFACT_APP");
  });
});

describe("the credentials of a pull", () => {
  const canary = "s3cret-pull-canary";
  const configure = (config: Properties): void =>
    handlers.configure({ config: { get: (key) => config[key] as string | undefined } });
  afterEach(() => configure({}));

  test("come from the provider's settings, and the host keeps none", async () => {
    const definition = await artifact("private");
    const authorization = `Basic ${Buffer.from(`me:${canary}`).toString("base64")}`;
    registry.behaviour = {
      hook({ headers }, response) {
        if (headers.authorization === authorization) return false;
        fail(response, 401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="test"' });
        return true;
      },
    };
    const settings = { [registry.host]: { username: "me", password: canary } };
    configure({ "spin:registries": JSON.stringify(settings) });
    const { outs } = await created("HostDeployment", { artifact: definition, listen, host });
    expect(await answer(outs["url"], "/fact")).toBe("one");
    expect(JSON.stringify(outs)).not.toContain(canary);
    for (const file of ["host.db", "host.db-wal"])
      expect(readFileSync(join(testHost.stateDir, file)).includes(canary)).toBe(false);
  });
});

describe("what a deployment is given", () => {
  const reasonsOf = async (news: Properties): Promise<string[]> =>
    (await handlers.check({}, { listen, host, ...news })).failures.map(
      ({ property, reason }) => `${property}: ${reason}`,
    );

  test("is one of app and artifact, and no tag", async () => {
    const definition = await artifact("given");
    expect(await reasonsOf({})).toMatchObject([expect.stringContaining("ERR_SPIN_DEPLOYMENT_SOURCE")]);
    const both = await reasonsOf({ app: definition["app"], artifact: definition });
    expect(both).toMatchObject([expect.stringMatching(/^artifact: .*both an app and an artifact/s)]);
    const tagged = await reasonsOf({ artifact: `${registry.host}/acme/given:1` });
    expect(tagged).toMatchObject([expect.stringContaining(`Today it leads to ${definition["reference"]}.`)]);
    expect(await reasonsOf({ artifact: definition["reference"] })).toMatchObject([
      expect.stringContaining("getArtifactOutput"),
    ]);
    expect(await reasonsOf({ artifact: unknownText })).toEqual([]);
  });
});
