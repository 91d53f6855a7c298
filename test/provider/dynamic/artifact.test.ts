import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handle } from "../../../provider/dynamic/index.ts";
import type { Properties } from "../../../provider/definition/resource.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { caller, library } from "../../model/compose/texts.ts";
import { assemble } from "../../runtime/linker/components.ts";
import { checked, created, preview, stored, unknownText } from "./handlers.ts";

jest.setTimeout(60_000);

const handlers = handle("spin:index:Artifact");
const home = process.cwd();
const root = mkdtempSync(join(tmpdir(), "pulumi-spin-artifact-"));
let registry: FakeRegistry;
let repository: string;
let count = 0;

beforeAll(async () => {
  process.env["XDG_CACHE_HOME"] = join(root, "cache");
  process.env["HOME"] = join(root, "home");
  mkdirSync(join(root, "project"));
  process.chdir(join(root, "project"));
  writeFileSync("api.wasm", Buffer.from("0061736d01000000", "hex"));
  registry = await new FakeRegistry().start();
});
afterAll(async () => {
  await registry.stop();
  process.chdir(home);
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  registry.behaviour = {};
  registry.seen.length = 0;
  repository = `${registry.host}/acme/shop-${++count}`;
});

async function app(body = "one"): Promise<Properties> {
  const api = await created("Component", { componentId: "api", source: "api.wasm" });
  const { outs } = await created("App", {
    name: "shop",
    components: [api.outs["definition"]],
    routes: [
      { route: "/...", component: "api" },
      { route: "/fact", staticResponse: { body } },
    ],
  });
  return outs["definition"] as Properties;
}

/** Where a tag of the repository leads. */
const digestAt = (tag: string): string | undefined =>
  registry.tags.get(`${repository.slice(repository.indexOf("/") + 1)}:${tag}`);
const setTag = (tag: string, digest: string) =>
  registry.tags.set(`${repository.slice(repository.indexOf("/") + 1)}:${tag}`, digest);
const writes = () => registry.seen.filter(({ method }) => !["GET", "HEAD"].includes(method));

async function changes(id: string, outs: Properties, news: Properties): Promise<string[]> {
  const wanted = stored(await checked("Artifact", news, stored(outs)));
  const before = { __provider: "text", ...stored(outs) };
  const { changes: found, replaces } = await handlers.diff(id, before, wanted);
  if (found === false) return [];
  const names = ["repository", "tags", "digest", "retention", "insecure"];
  return [
    ...replaces.map((name) => `replaces ${name}`),
    ...names.filter((name) => JSON.stringify(stored(outs)[name]) !== JSON.stringify(wanted[name])),
  ];
}

async function updated(id: string, outs: Properties, news: Properties): Promise<Properties> {
  const wanted = stored(await checked("Artifact", news, stored(outs)));
  return (await handlers.update(id, stored(outs), wanted)).outs;
}

describe("an artifact", () => {
  test("has its digest in the preview, and a preview writes nothing anywhere", async () => {
    const news = { app: await app(), repository, tags: ["1"] };
    const files = readdirSync(root, { recursive: true }).sort();
    const shown = await preview("Artifact", news);
    expect(shown["reference"]).toMatch(new RegExp(`^${repository}@sha256:[0-9a-f]{64}$`));
    expect(writes()).toEqual([]);
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(files);

    const { id, outs } = await created("Artifact", news);
    expect(id).toBe(repository);
    const { reference, digest, size } = shown;
    expect(outs).toMatchObject({ reference, digest, size, tags: ["1"], history: [digest] });
    expect(outs["definition"]).toMatchObject({ reference, digest, size, app: { name: "shop" } });
    expect(digestAt("1")).toBe(digest);

    registry.seen.length = 0;
    expect(await changes(id, outs, news)).toEqual([]);
    expect(registry.seen).toEqual([]);
    expect(await created("Artifact", news)).toEqual({ id, outs });
    expect(writes()).toEqual([]);
  });

  test("is what `pulumi-spin push` makes of the spin.toml, which `from` takes", async () => {
    const { outs } = await created("Artifact", { app: await app(), repository, tags: [] });
    const manifest = `spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
id = "${(outs["definition"].app.lockedApp.triggers as { id: string }[])[0]?.id}"
route = "/..."
component = "api"
[[trigger.http]]
id = "${(outs["definition"].app.lockedApp.triggers as { id: string }[])[1]?.id}"
route = "/fact"
static_response = { body = "one" }
[component.api]
source = "api.wasm"
`;
    writeFileSync("spin.toml", manifest);
    const from = await preview("Artifact", { from: "spin.toml", repository });
    expect(from["digest"]).toBe(outs["digest"]);
    expect(from["definition"].app).toMatchObject({
      name: "shop",
      digest: outs["definition"].app.digest,
      components: [{ id: "api", size: 8, imports: [] }],
    });
  });

  test("is composed with its dependencies, and its definition says what then imports what", async () => {
    const name = "acme:math/add@1.2.0";
    for (const [file, bytes] of Object.entries(
      assemble({ caller: caller(name), library: library(name), core: "(module)" }),
    ))
      writeFileSync(`${file}.wasm`, bytes);
    const component = await created("Component", {
      componentId: "caller",
      source: "caller.wasm",
      dependencies: { "acme:math": { path: "library.wasm" } },
    });
    const { outs } = await created("App", {
      name: "sums",
      components: [component.outs["definition"]],
      routes: [{ route: "/...", component: "caller" }],
    });
    const news = { app: outs["definition"], repository };
    const [made] = (await created("Artifact", news)).outs["definition"].app.components;
    expect(component.outs["imports"]).toContain(name);
    expect(made.imports).not.toContain(name);
    expect(made.dependencies).toBeUndefined();
    const apart = await preview("Artifact", { ...news, compose: false });
    expect(apart["definition"].app.components).toEqual([component.outs["definition"]]);
  });

  test("moves its tags without a push, and takes away those that are wanted no more", async () => {
    const news = { app: await app(), repository, tags: ["1", "latest"] };
    const { id, outs } = await created("Artifact", news);
    registry.seen.length = 0;
    const next = { ...news, tags: ["latest", "2", "1"] };
    expect(await changes(id, outs, next)).toEqual(["tags"]);
    const after = await updated(id, outs, next);
    expect(writes().map(({ method, url }) => `${method} ${url.split("/").at(-1)}`)).toEqual(["PUT 2"]);
    // The same tags in another order are the same.
    expect(await changes(id, after, { ...news, tags: ["1", "2", "latest"] })).toEqual([]);
  });

  test("sees a tag that was moved or taken away, and puts it back", async () => {
    const news = { app: await app(), repository, tags: ["1", "2"] };
    const { id, outs } = await created("Artifact", news);
    const other = await created("Artifact", { ...news, app: await app("other"), tags: ["3"] });
    setTag("1", other.outs["digest"]);
    const { props = {}, inputs } = await handlers.read(id, stored(outs));
    expect(props["tags"]).toEqual(["2"]);
    expect(inputs?.["tags"]).toEqual(["2"]);
    expect(await changes(id, props, news)).toEqual(["tags"]);
    await updated(id, props, news);
    expect(digestAt("1")).toBe(outs["digest"]);
  });

  test("is gone when its manifest is, and is pushed again", async () => {
    const news = { app: await app("gone"), repository, tags: ["1"] };
    const { id, outs } = await created("Artifact", news);
    registry.manifests.delete(outs["digest"]);
    expect(await handlers.read(id, stored(outs))).toEqual({});
    expect((await created("Artifact", news)).outs).toEqual(outs);
    expect(registry.manifests.has(outs["digest"])).toBe(true);
    // Only a definite answer means gone.
    registry.behaviour = { hook: (_, response) => (fail(response, 403, "DENIED"), true) };
    await expect(handlers.read(id, stored(outs))).rejects.toThrow("ERR_SPIN_REGISTRY_DENIED");
  });

  test("of another repository is another one, made before the old one goes", async () => {
    const news = { app: await app(), repository, tags: [] };
    const { id, outs } = await created("Artifact", news);
    const wanted = stored(
      await checked("Artifact", { ...news, repository: `${repository}-b` }, stored(outs)),
    );
    const found = await handlers.diff(id, stored(outs), wanted);
    expect(found).toMatchObject({ changes: true, replaces: ["repository"], deleteBeforeReplace: false });
  });

  test("keeps as many manifests as it is told to, and what others tagged", async () => {
    const news = { repository, tags: ["latest"], retention: { keep: 2 } };
    const bodies = ["1", "2", "3", "4"];
    const { id, outs: first } = await created("Artifact", { ...news, app: await app("0") });
    let outs = first;
    const digests = [outs["digest"] as string];
    setTag("mine", digests[0]!);
    for (const body of bodies) {
      outs = await updated(id, outs, { ...news, app: await app(body) });
      digests.push(outs["digest"] as string);
    }
    expect(outs["history"]).toEqual(digests.slice(-2));
    expect(digests.map((it) => registry.manifests.has(it))).toEqual([true, false, false, true, true]);
  });

  test("leaves its manifest on destroy unless it is told otherwise, and is deleted twice", async () => {
    const news = { app: await app("destroyed"), repository, tags: ["1"] };
    const kept = await created("Artifact", news);
    await handlers.delete(kept.id, stored(kept.outs));
    expect(registry.manifests.has(kept.outs["digest"])).toBe(true);

    const deleted = await created("Artifact", { ...news, retention: { onDestroy: "delete" } });
    setTag("mine", kept.outs["digest"]);
    await handlers.delete(deleted.id, stored(deleted.outs));
    expect(registry.manifests.has(kept.outs["digest"])).toBe(true);
    const forced = await created("Artifact", { ...news, retention: { onDestroy: "force" } });
    await handlers.delete(forced.id, stored(forced.outs));
    expect(registry.manifests.has(kept.outs["digest"])).toBe(false);
    await handlers.delete(forced.id, stored(forced.outs));
  });

  test("records what exists when only its tags failed, and goes on from there", async () => {
    const news = { app: await app("half"), repository, tags: ["1"] };
    registry.behaviour = {
      hook: ({ method, url }, response) =>
        method === "PUT" && url?.endsWith("/1") ? (fail(response, 403, "DENIED"), true) : false,
    };
    const failure = (await created("Artifact", news).catch((error: unknown) => error)) as {
      id: string;
      properties: Properties;
      message: string;
    };
    expect(failure.message).toContain("ERR_SPIN_REGISTRY_DENIED");
    expect(failure).toMatchObject({ id: repository, properties: { tags: [] } });
    registry.behaviour = {};
    const outs = await updated(failure.id, failure.properties, news);
    expect(digestAt("1")).toBe(outs["digest"]);
  });

  test("with an app that is not known yet is not known either", async () => {
    const shown = await preview("Artifact", { app: unknownText, repository, tags: ["1"] });
    expect(shown).toMatchObject({
      reference: unknownText,
      digest: unknownText,
      size: unknownText,
      tags: ["1"],
    });
    expect(registry.seen).toEqual([]);
  });
});

describe("credentials", () => {
  const canary = "s3cret-canary";
  const authorization = `Basic ${Buffer.from(`me:${canary}`).toString("base64")}`;
  const settings = (password: string): Properties => ({
    "spin:registries": JSON.stringify({ [registry.host]: { username: "me", password } }),
  });
  const configure = (config: Properties): void =>
    handlers.configure({ config: { get: (key) => config[key] as string | undefined } });
  beforeEach(() => {
    registry.behaviour = {
      hook({ headers }, response) {
        if (headers.authorization === authorization) return false;
        fail(response, 401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="test"' });
        return true;
      },
    };
  });
  afterEach(() => configure({}));

  test("come from the provider's settings, and are in no output and no error", async () => {
    const news = { app: await app("private"), repository, tags: ["1"] };
    configure(settings(canary));
    const { outs } = await created("Artifact", news);
    expect(digestAt("1")).toBe(outs["digest"]);
    expect(JSON.stringify(outs)).not.toContain(canary);
    configure(settings("wrong-canary"));
    const failure = String(
      await created("Artifact", { ...news, tags: ["2"] }).catch((error: unknown) => error),
    );
    expect(failure).toContain("ERR_SPIN_REGISTRY_UNAUTHORIZED");
    expect(failure).not.toContain("canary");
  });
});

describe("a promotion", () => {
  test("copies by digest into another repository, and needs the source no more", async () => {
    const source = await created("Artifact", { app: await app("promoted"), repository, tags: ["1"] });
    const { reference, digest } = source.outs;
    const news = { copyFrom: reference, repository: `${repository}-live`, tags: ["live"] };
    const shown = await preview("Artifact", news);
    expect(shown).toMatchObject({ digest, definition: { app: { name: "shop" } } });
    expect(shown["definition"].app.components).toMatchObject([{ id: "api", size: 8 }]);
    const { id, outs } = await created("Artifact", news);
    expect(outs).toMatchObject({ digest, reference: `${repository}-live@${digest}` });
    registry.seen.length = 0;
    expect(await changes(id, outs, news)).toEqual([]);
    expect(registry.seen).toEqual([]);
  });

  test("of a tag is refused, with the digest that it has now", async () => {
    const { outs } = await created("Artifact", { app: await app(), repository, tags: ["1"] });
    const refused = handlers.check({}, { copyFrom: `${repository}:1`, repository: `${repository}-live` });
    expect((await refused).failures).toMatchObject([
      { property: "copyFrom", reason: expect.stringContaining(`Today it leads to ${outs["reference"]}.`) },
    ]);
    expect((await refused).failures[0]?.reason).toContain("ERR_SPIN_ARTIFACT_TAG");
  });
});

describe("what is wrong with an artifact", () => {
  const reasonsOf = async (news: Properties): Promise<string[]> =>
    (await handlers.check({}, news)).failures.map(({ property, reason }) => `${property}: ${reason}`);

  test("is said of each input, before anything is sent", async () => {
    expect(await reasonsOf({ repository })).toMatchObject([
      expect.stringContaining("ERR_SPIN_ARTIFACT_SOURCE"),
    ]);
    const both = await reasonsOf({
      from: ".",
      copyFrom: `${repository}@sha256:${"0".repeat(64)}`,
      repository,
    });
    expect(both[0]).toContain("It has from and copyFrom");
    const tagged = await reasonsOf({ from: ".", repository: `${repository}:1`, tags: ["a", "b", "a"] });
    expect(tagged).toMatchObject([
      expect.stringMatching(/^repository: .*with a tag.*tags: \["1"\]/s),
      expect.stringMatching(/^tags\[2\]: .*twice/),
    ]);
    expect(await reasonsOf({ from: ".", repository, tags: ["no tag"] })).toMatchObject([
      expect.stringMatching(/^tags\[0\]: Expected a tag/),
    ]);
    expect(await reasonsOf({ from: "nowhere", repository })).toMatchObject([
      expect.stringMatching(/^from: .*ERR_SPIN_MANIFEST_FILE/s),
    ]);
    expect(writes()).toEqual([]);
  });
});
