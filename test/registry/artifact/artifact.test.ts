import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descriptorOf, mediaTypes, writeImageManifest } from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { copyArtifact, pullArtifact, pushArtifact } from "../../../registry/artifact/index.ts";
import { ContentCache } from "../../../registry/content-cache.ts";
import { rejected } from "../../support/caught.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { repositoryOf, smallApp, sourceOf } from "../../support/registry-client.ts";

const { plan, open } = smallApp();
const empty = Buffer.from("{}");
let registry: FakeRegistry;
let other: FakeRegistry;
let folder: string;

beforeEach(async () => {
  [registry, other] = await Promise.all([new FakeRegistry().start(), new FakeRegistry().start()]);
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-artifact-"));
});
afterEach(async () => {
  await Promise.all([registry.stop(), other.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const push = (...tags: string[]) => pushArtifact(repositoryOf(registry.host), plan, { open, tags });

/** A referrer of something, as signatures are. */
async function attach(
  subject: { digest: string; size: number },
  artifactType = "text/note",
): Promise<string> {
  const repository = repositoryOf(registry.host);
  const config = descriptorOf(mediaTypes.empty, empty);
  await repository.pushBlob(config, sourceOf(empty));
  const manifest = writeImageManifest({
    artifactType,
    config,
    layers: [config],
    subject: { mediaType: mediaTypes.imageManifest, ...subject },
    annotations: { note: artifactType },
  });
  await repository.putReferrer(manifest);
  return manifest.digest;
}

describe("pushArtifact", () => {
  test("puts the manifest last, and all tags on it", async () => {
    expect(await push("1", "latest")).toMatchObject({ digest: plan.manifest.digest });
    expect(registry.kinds.slice(-2)).toEqual(["PUT manifests", "PUT manifests"]);
    expect([...registry.tags]).toEqual([
      ["acme/shop:1", plan.manifest.digest],
      ["acme/shop:latest", plan.manifest.digest],
    ]);
  });

  test("the second time is one question for the manifest and one for each tag", async () => {
    await push("1");
    const before = registry.seen.length;
    expect(await push("1")).toEqual({ digest: plan.manifest.digest, uploadedBytes: 0 });
    expect(registry.kinds.slice(before)).toEqual(["HEAD manifests", "HEAD manifests"]);
  });

  test("moves a tag without sending a blob, and needs no tag", async () => {
    expect(await push()).toMatchObject({ uploadedBytes: plan.sizeBytes - plan.manifest.bytes.length });
    expect(await push("stable")).toMatchObject({ uploadedBytes: 0 });
    expect(registry.tags.get("acme/shop:stable")).toBe(plan.manifest.digest);
  });

  test("refuses a registry that keeps other bytes than it was given", async () => {
    registry.behaviour.hook = ({ method, url }, response) => {
      if (method !== "PUT" || !url?.includes("/manifests/")) return false;
      response.writeHead(201, { "docker-content-digest": digestOf("other") }).end();
      return true;
    };
    expect((await rejected(push("1"))).code).toBe("ERR_SPIN_REGISTRY_DIGEST");
  });
});

describe("pullArtifact", () => {
  const pull = (target = "1") =>
    pullArtifact(repositoryOf(registry.host), target, { cache: new ContentCache(folder) });

  test("brings every blob and the manifest into the cache, once", async () => {
    await push("1");
    const first = await pull();
    expect(first).toMatchObject({ digest: plan.manifest.digest, sizeBytes: plan.sizeBytes });
    expect(first.lockedApp?.metadata).toEqual({ name: "shop" });
    expect((await readdir(folder)).sort()).toEqual(
      [
        plan.manifest.digest,
        ...[...plan.content, plan.config.descriptor, plan.lockedApp.descriptor].map(({ digest }) => digest),
      ]
        .map((digest) => digest.slice(7))
        .sort(),
    );
    expect(await pull(plan.manifest.digest)).toMatchObject({ fetchedBytes: 0 });
  });

  test("keeps nothing of a blob whose digest is wrong", async () => {
    await push("1");
    const [wasm] = plan.content;
    registry.blobs.set(wasm!.digest, Buffer.alloc(wasm!.size, 9));
    expect((await rejected(pull())).code).toBe("ERR_SPIN_REGISTRY_DIGEST");
    expect(await readdir(folder)).not.toContain(wasm!.digest.slice(7));
  });

  test("takes no manifest of another digest than was asked for", async () => {
    await push("1");
    const { bytes, mediaType } = plan.manifest;
    registry.manifests.set(plan.manifest.digest, {
      bytes: Buffer.from(`${Buffer.from(bytes).toString()} `),
      mediaType,
    });
    expect((await rejected(pull(plan.manifest.digest))).code).toBe("ERR_SPIN_REGISTRY_DIGEST");
  });

  test("names what is not there", async () => {
    const error = await rejected(pull("missing"));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_NOT_FOUND");
    expect(error.message).toBe(`There is no ${registry.host}/acme/shop:missing.`);
  });

  test("reads no manifest without an end", async () => {
    registry.behaviour.hook = (_request, response) => {
      response.writeHead(200, { "content-type": mediaTypes.imageManifest });
      const more = (): void => void (response.writable && response.write(Buffer.alloc(65_536, 32), more));
      more();
      return true;
    };
    expect((await rejected(pull())).code).toBe("ERR_SPIN_ARTIFACT_MANIFEST");
  });
});

describe("copyArtifact", () => {
  test("mounts within a registry, and moves no byte", async () => {
    await push("1");
    const before = registry.seen.length;
    const to = repositoryOf(registry.host, { name: "acme/prod" });
    registry.behaviour.hook = ({ method, url }, response) => {
      // Blobs of this registry are shared by all its repositories; as if they were not.
      if (method !== "HEAD" || !url?.includes("acme/prod/blobs")) return false;
      response.writeHead(404).end();
      return true;
    };
    expect(await copyArtifact(repositoryOf(registry.host), to, "1", { tags: ["1"] })).toEqual({
      digest: plan.manifest.digest,
      sizeBytes: plan.sizeBytes,
      referrers: 0,
    });
    expect(registry.kinds.slice(before)).not.toContain("GET blobs");
    expect(registry.tags.get("acme/prod:1")).toBe(plan.manifest.digest);
  });

  test.each([
    ["tag", false],
    ["API", true],
  ])("streams between registries, signatures of signatures too, listed by %s", async (_, referrersApi) => {
    registry.behaviour.referrersApi = other.behaviour.referrersApi = referrersApi;
    await push("1");
    const signature = await attach({ digest: plan.manifest.digest, size: plan.manifest.bytes.length });
    const size = registry.manifests.get(signature)!.bytes.length;
    const second = await attach({ digest: signature, size }, "text/second");
    const to = repositoryOf(other.host, { name: "prod/shop" });
    const copied = await copyArtifact(repositoryOf(registry.host), to, plan.manifest.digest, {
      tags: ["live"],
    });
    expect(copied).toMatchObject({ digest: plan.manifest.digest, referrers: 2 });
    expect(other.tags.get("prod/shop:live")).toBe(plan.manifest.digest);
    expect([...other.blobs.keys()].sort()).toEqual([...registry.blobs.keys()].sort());
    expect((await to.referrers(plan.manifest.digest)).map(({ digest }) => digest)).toEqual([signature]);
    expect((await to.referrers(signature, "text/second")).map(({ digest }) => digest)).toEqual([second]);
    expect(await to.referrers(signature, "text/other")).toEqual([]);
  });

  test("sends on no blob that is not what its digest says", async () => {
    await push("1");
    const [wasm] = plan.content;
    registry.blobs.set(wasm!.digest, Buffer.alloc(wasm!.size, 9));
    const to = repositoryOf(other.host);
    await rejected(copyArtifact(repositoryOf(registry.host), to, "1", { tags: ["1"] }));
    expect([other.blobs.has(wasm!.digest), other.tags.size]).toEqual([false, 0]);
  });

  test("two writers of the list of referrers both stay in it", async () => {
    await push("1");
    const subject = { digest: plan.manifest.digest, size: plan.manifest.bytes.length };
    const attached = await Promise.all(["a", "b", "c"].map((type) => attach(subject, `text/${type}`)));
    const listed = await repositoryOf(registry.host).referrers(subject.digest);
    expect(listed.map(({ digest }) => digest).sort()).toEqual(attached.sort());
  });
});

describe("tags", () => {
  test("come in pages, and are none where there is nothing", async () => {
    const repository = repositoryOf(registry.host);
    expect(await repository.tags()).toEqual([]);
    await push("a", "b", "c", "d", "e");
    registry.behaviour.pageSize = 2;
    expect(await repository.tags()).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("in a circle end", async () => {
    await push("a");
    registry.behaviour.hook = ({ url }, response) => {
      response.setHeader("link", `<${url}>; rel="next"`);
      response.end('{"tags":["a"]}');
      return true;
    };
    expect((await rejected(repositoryOf(registry.host).tags())).code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
  });

  test.each(["<html>", '{"tags":{}}', "null"])("that are %s are no list", async (body) => {
    registry.behaviour.hook = (_request, response) => {
      response.end(body);
      return true;
    };
    expect((await rejected(repositoryOf(registry.host).tags())).code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
  });

  test("cannot be deleted alone where the registry deletes by digest", async () => {
    await push("a");
    const repository = repositoryOf(registry.host, { access: "delete" });
    expect((await rejected(repository.deleteTag("a"))).code).toBe("ERR_SPIN_REGISTRY_UNSUPPORTED");
    expect(await repository.deleteManifest(plan.manifest.digest)).toBe(true);
    expect(await repository.deleteManifest(plan.manifest.digest)).toBe(false);
    expect(await repository.resolve("a")).toBeUndefined();
  });

  test("that are retained never take others of the same digest along", async () => {
    const repository = repositoryOf(registry.host, { access: "delete" });
    const notes = await Promise.all(
      ["1", "2", "3", "4"].map(async (text) => {
        const manifest = writeImageManifest({
          config: descriptorOf(mediaTypes.empty, empty),
          layers: [],
          annotations: { text },
        });
        await repository.putManifest(`git-${text}`, manifest);
        return manifest;
      }),
    );
    await repository.putManifest("prod", notes[0]!);
    const isOwned = (tag: string): boolean => tag.startsWith("git-");
    const gone = await repository.retain({ isOwned, keep: ["git-4"], protect: [notes[1]!.digest] });
    expect(gone).toEqual([notes[2]!.digest]);
    expect(await repository.tags()).toEqual(["git-1", "git-2", "git-4", "prod"]);
  });
});

test("what is in the cache is what was pushed", async () => {
  await push("1");
  await pullArtifact(repositoryOf(registry.host), "1", { cache: new ContentCache(folder) });
  const bytes = await readFile(join(folder, plan.lockedApp.descriptor.digest.slice(7)));
  expect(bytes.equals(plan.lockedApp.bytes)).toBe(true);
});
