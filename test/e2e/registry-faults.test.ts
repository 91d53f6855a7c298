/** What breaks on the way to the real docker-registry: lines at each 64 KiB, and our own process at any moment. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { descriptorOf, parseReference } from "../../model/artifact/index.ts";
import { digestOf } from "../../model/digest.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import { planLocalApp, pullArtifact, pushArtifact } from "../../registry/artifact/index.ts";
import { RegistryClient, type Repository } from "../../registry/client/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { type CuttingProxy, startCuttingProxy } from "../support/cutting-proxy.ts";
import { type DockerRegistry, startDockerRegistry } from "../../scripts/debian/docker-registry.ts";
import type { Job } from "../support/registry-worker.ts";
import { collected, quickly, sourceOf } from "../support/registry-client.ts";

jest.setTimeout(300_000);

let folder: string;
let registry: DockerRegistry;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-e2e-faults-"));
  registry = await startDockerRegistry();
});
afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a line that breaks", () => {
  const step = 64 * 1024;
  const sizeBytes = 16 * step;
  let proxy: CuttingProxy;
  let client: RegistryClient;

  beforeAll(async () => {
    proxy = await startCuttingProxy(registry.host);
    client = new RegistryClient(quickly);
  });
  afterAll(async () => {
    await client.close();
    await proxy.stop();
  });

  const shop = (): Repository => client.repository(parseReference(`${proxy.host}/cut/shop`), "push");

  test("at any 64 KiB of an upload does not keep the blob from arriving", async () => {
    for (let afterBytes = step; afterBytes < sizeBytes; afterBytes += step) {
      const bytes = randomBytes(sizeBytes);
      proxy.cut = { direction: "up", afterBytes, times: 1 };
      const before = proxy.broken;
      expect(await shop().pushBlob(descriptorOf("x", bytes), sourceOf(bytes))).toBe("uploaded");
      expect([afterBytes, proxy.broken]).toEqual([afterBytes, before + 1]);
    }
  });

  test("at any 64 KiB of a download does not keep it from being whole", async () => {
    const bytes = randomBytes(sizeBytes);
    proxy.cut = undefined;
    await shop().pushBlob(descriptorOf("x", bytes), sourceOf(bytes));
    for (let afterBytes = step; afterBytes < sizeBytes; afterBytes += step) {
      proxy.cut = { direction: "down", afterBytes, times: 1 };
      expect(digestOf(await collected(shop().verifiedBlob(descriptorOf("x", bytes))))).toBe(digestOf(bytes));
    }
  });

  test("again and again after each 64 KiB of a download still brings all of it", async () => {
    const bytes = randomBytes(sizeBytes);
    proxy.cut = undefined;
    await shop().pushBlob(descriptorOf("x", bytes), sourceOf(bytes));
    proxy.cut = { direction: "down", afterBytes: step, times: Number.POSITIVE_INFINITY };
    expect(digestOf(await collected(shop().verifiedBlob(descriptorOf("x", bytes))))).toBe(digestOf(bytes));
  });
});

describe("a process that is killed", () => {
  const runs = 100;
  /** Of each, in one process. */
  const each = 5;
  const worker = join(checkout, "test/support/registry-worker.ts");
  let app: string;

  beforeAll(async () => {
    app = join(folder, "app");
    await mkdir(join(app, "static"), { recursive: true });
    await copyFile(
      join(checkout, "examples/quickstart/components/stats/stats.wasm"),
      join(app, "stats.wasm"),
    );
    for (let index = 0; index < 8; index++)
      await writeFile(join(app, "static", `${index}`), randomBytes(400_000));
    await writeFile(
      join(app, "spin.toml"),
      `spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
route = "/..."
component = "shop"
[component.shop]
source = "stats.wasm"
files = [{ source = "static", destination = "/" }]
`,
    );
  });

  /** Killed so long after it began; `undefined` lets it end. How many jobs came to their end, and how long it took. */
  async function work(jobs: Job[], killAfterMs?: number): Promise<{ done: number; tookMs: number }> {
    const child = spawn(process.execPath, [worker, JSON.stringify(jobs)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<void>((done) => child.once("close", () => done()));
    let output = "";
    const begun = new Promise<number>((begin) => {
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.startsWith("ready\n")) begin(performance.now());
      });
    });
    const startedAt = await Promise.race([begun, ended.then(() => performance.now())]);
    if (killAfterMs !== undefined) {
      await sleep(killAfterMs);
      child.kill("SIGKILL");
    }
    await ended;
    return { done: output.match(/^done/gm)?.length ?? 0, tookMs: performance.now() - startedAt };
  }

  test("at random moments of 100 pushes and 100 pulls leaves nothing that the next one cannot finish", async () => {
    const { host } = registry;
    const cacheOf = (index: number): string => join(folder, `cache-${index}`);
    const nameOf = (index: number): string => `${host}/killed/shop-${index}:1`;
    const whole = { reference: `${host}/whole/shop:1`, delayMs: 0 };
    const first = await work([{ ...whole, app }]);
    const second = await work([{ ...whole, cache: cacheOf(-1) }]);
    expect([first.done, second.done]).toEqual([1, 1]);
    const names = (await readdir(cacheOf(-1))).sort();
    const client = new RegistryClient({ credential: async () => undefined });
    const { manifest } = readManifest(await readFile(join(app, "spin.toml"), "utf8"));
    const { plan, open } = await planLocalApp(normalizeManifest(manifest!), app);
    const started = Array.from({ length: runs }, (_, index) => index);
    let unfinished = 0;
    for (let at = 0; at < runs; at += each) {
      const jobs = started.slice(at, at + each).flatMap((index): Job[] => [
        { reference: nameOf(index), app, delayMs: Math.random() * first.tookMs * each },
        { ...whole, cache: cacheOf(index), delayMs: Math.random() * second.tookMs * each },
      ]);
      // Several share a process and its end, each at another point of its way.
      const { done } = await work(jobs, (0.3 + Math.random()) * (first.tookMs + second.tookMs) * (each / 2));
      unfinished += jobs.length - done;
    }
    for (const index of started) {
      // What has a name in the cache is what it is called, whenever the process ended.
      const named = (await readdir(cacheOf(index)).catch(() => [])).filter((it) => !it.includes("."));
      for (const it of named) expect(digestOf(await readFile(join(cacheOf(index), it)))).toBe(`sha256:${it}`);
      const repository = client.repository(parseReference(nameOf(index)), "push");
      // A tag leads to the whole or nowhere, so a push that was killed is done again or not at all.
      const before = await repository.resolve("1");
      const again = await pushArtifact(repository, plan, { open, tags: ["1"] });
      if (before !== undefined) expect(again.uploadedBytes).toBe(0);
      await pullArtifact(repository, "1", { cache: new ContentCache(cacheOf(index)) });
      expect((await readdir(cacheOf(index))).sort()).toEqual(names);
    }
    await client.close();
    // Random moments, but not all of them after the end.
    expect(unfinished).toBeGreaterThan(runs / 5);
  });

  test("while it pulls leaves what it has, and the next one fetches only the rest", async () => {
    const large = join(folder, "large");
    await cp(app, large, { recursive: true });
    const sizeBytes = 200 * 1024 * 1024;
    await truncate(join(large, "static/0"), sizeBytes);
    const reference = `${registry.host}/large/shop:1`;
    expect((await work([{ reference, app: large, delayMs: 0 }])).done).toBe(1);
    const cache = join(folder, "cache-large");
    const child = spawn(process.execPath, [worker, JSON.stringify([{ reference, cache, delayMs: 0 }])]);
    const ended = new Promise<void>((done) => child.once("close", () => done()));
    // Until some of the large file is there, and long before all of it is.
    for (let isBegun = false; !isBegun && child.exitCode === null; await sleep(2)) {
      const names = (await readdir(cache).catch(() => [])).filter((name) => name.includes("."));
      const sizes = await Promise.all(names.map((it) => stat(join(cache, it)).catch(() => ({ size: 0 }))));
      isBegun = sizes.some(({ size }) => size > 2 ** 20);
    }
    child.kill("SIGKILL");
    await ended;
    const client = new RegistryClient({ credential: async () => undefined });
    const repository = client.repository(parseReference(reference), "pull");
    const pulled = await pullArtifact(repository, "1", { cache: new ContentCache(cache) });
    await client.close();
    expect(pulled.fetchedBytes).toBeLessThan(pulled.sizeBytes - 2 ** 20);
    const names = await readdir(cache);
    expect(names).toHaveLength(pulled.blobs.length + 1);
    for (const name of names) expect(await new ContentCache(cache).file(`sha256:${name}`)).toBeDefined();
  });
});
