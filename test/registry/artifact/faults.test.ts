/** Each request of a push, a pull and a copy answered wrongly in turn: another try, or an error with a code. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyArtifact, pullArtifact, pushArtifact } from "../../../registry/artifact/index.ts";
import { ContentCache } from "../../../registry/content-cache.ts";
import { isSpinError } from "../../../model/errors/index.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { repositoryOf, smallApp } from "../../support/registry-client.ts";

const { plan, open } = smallApp();
let registry: FakeRegistry;
let folder: string;

beforeEach(async () => {
  registry = await new FakeRegistry().start();
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-faults-"));
});
afterEach(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

type Work = () => Promise<unknown>;

const works: Record<string, { prepare: Work; work: Work; isDone: () => Promise<boolean> }> = {
  push: {
    prepare: async () => undefined,
    work: () => pushArtifact(repositoryOf(registry.host), plan, { open, tags: ["1"], concurrency: 1 }),
    isDone: async () =>
      registry.tags.get("acme/shop:1") === plan.manifest.digest && registry.blobs.size === 4,
  },
  pull: {
    prepare: () => works["push"]!.work(),
    work: () =>
      pullArtifact(repositoryOf(registry.host), "1", { cache: new ContentCache(folder), concurrency: 1 }),
    isDone: async () => (await readdir(folder)).length === 5,
  },
  copy: {
    prepare: () => works["push"]!.work(),
    work: () => {
      const to = repositoryOf(registry.host, { name: "acme/other" });
      return copyArtifact(repositoryOf(registry.host), to, "1", { tags: ["2"], concurrency: 1 });
    },
    isDone: async () => registry.tags.get("acme/other:2") === plan.manifest.digest,
  },
};

/** How many requests the work takes when nothing goes wrong. */
async function countRequests({ prepare, work }: { prepare: Work; work: Work }): Promise<number> {
  const probe = registry;
  await prepare();
  const before = probe.seen.length;
  await work();
  return probe.seen.length - before;
}

async function anew(): Promise<void> {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
  registry = await new FakeRegistry().start();
}

describe.each(Object.keys(works))("%s", (name) => {
  const it = works[name]!;

  test.each([429, 500, 503, "cut"])("goes on when any one request is answered with %s", async (status) => {
    const count = await countRequests(it);
    for (let index = 0; index < count; index++) {
      await anew();
      await it.prepare();
      const start = registry.seen.length;
      registry.behaviour.hook = ({ socket }, response) => {
        if (registry.seen.length - 1 - start !== index) return false;
        if (status === "cut") socket.destroy();
        else fail(response, Number(status), "TOOMANYREQUESTS", { "retry-after": "0" });
        return true;
      };
      await it.work();
      expect([index, await it.isDone()]).toEqual([index, true]);
    }
  });

  test.each([
    [401, ["ERR_SPIN_REGISTRY_PROTOCOL"]],
    [403, ["ERR_SPIN_REGISTRY_DENIED"]],
    [404, ["ERR_SPIN_REGISTRY_NOT_FOUND"]],
    [418, ["ERR_SPIN_REGISTRY_STATUS"]],
    [500, ["ERR_SPIN_REGISTRY_STATUS"]],
  ])("fails with a code when everything from any request on is answered with %d", async (status, codes) => {
    const count = await countRequests(it);
    for (let index = 0; index < count; index++) {
      await anew();
      await it.prepare();
      const start = registry.seen.length;
      registry.behaviour.hook = (_request, response) => {
        if (registry.seen.length - 1 - start < index) return false;
        fail(response, status, "BROKEN");
        return true;
      };
      const error = await it.work().catch((thrown: unknown) => thrown);
      const found = isSpinError(error) ? error.code : error;
      // Not finding something is an answer in itself: referrers that are not there are none.
      if (status === 404 && !(error instanceof Error)) continue;
      expect([index, found]).toEqual([index, codes[0]]);
      const files = await readdir(folder).catch(() => []);
      expect(files.filter((file) => !/^[0-9a-f]{64}$/.test(file))).toEqual([]);
    }
  });
});

test("a registry that asks for more patience than there is fails at once, and says so", async () => {
  registry.behaviour.hook = (_request, response) => {
    fail(response, 429, "TOOMANYREQUESTS", { "retry-after": "3600" });
    return true;
  };
  await expect(works["push"]!.work()).rejects.toMatchObject({
    code: "ERR_SPIN_REGISTRY_THROTTLED",
    message: expect.stringContaining("asks to wait 3600 s"),
  });
  expect(registry.seen).toHaveLength(1);
});

test("a registry that is not there is one error", async () => {
  const { host } = registry;
  await registry.stop();
  const failing = pushArtifact(repositoryOf(host), plan, { open, tags: ["1"] });
  await expect(failing).rejects.toMatchObject({ code: "ERR_SPIN_REGISTRY_UNREACHABLE" });
  registry = await new FakeRegistry().start();
});
