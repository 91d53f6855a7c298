import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { planArtifact } from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { inspectManifest } from "../../../model/inspection/index.ts";
import { contentRefOf, type LockedApp, unlockManifest } from "../../../model/locked-app/index.ts";
import { inspectWasm } from "../../../model/wasm/index.ts";
import { inspectArtifact, pushArtifact } from "../../../registry/artifact/index.ts";
import { wasmOutline } from "../../../registry/artifact/wasm-outline.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { checkout } from "../../support/imports.ts";
import { repositoryOf, sourceOf } from "../../support/registry-client.ts";

const stats = readFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"));

describe("wasmOutline", () => {
  const outline = async (bytes: Buffer): Promise<{ outline: Buffer | undefined; readBytes: number }> => {
    let readBytes = 0;
    const read = async (start: number, length: number): Promise<Buffer> => {
      readBytes += length;
      return bytes.subarray(start, start + length);
    };
    return { outline: await wasmOutline(read, bytes.length), readBytes };
  };

  test("has the imports, exports and world of the whole, from a part of it", async () => {
    const { outline: short, readBytes } = await outline(stats);
    const [whole, part] = [inspectWasm(stats), inspectWasm(short!)];
    expect([part.kind, part.imports, part.exports, part.world]).toEqual([
      whole.kind,
      whole.imports,
      whole.exports,
      whole.world,
    ]);
    expect(part.imports.length).toBeGreaterThan(0);
    expect(readBytes).toBeLessThan(stats.length / 2);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a module", Buffer.from("\0asm\x01\0\0\0", "latin1")],
    ["a component that is cut off", stats.subarray(0, 100_000)],
    ["a size without an end", Buffer.from("\0asm\x0d\0\x01\0\x00\xff\xff\xff\xff\xff\xff", "latin1")],
  ])("of %s is none", async (_, bytes) => {
    expect((await outline(bytes)).outline).toBeUndefined();
  });
});

const app: LockedApp = {
  spin_lock_version: 0,
  metadata: {
    name: "shop",
    version: "1.0.0",
    description: "Sells",
    authors: ["A"],
    triggers: { http: { base: "/x" } },
  },
  variables: { token: { secret: true }, greeting: { default: "hi" } },
  triggers: [{ id: "t", trigger_type: "http", trigger_config: { component: "stats", route: "/..." } }],
  components: [
    {
      id: "stats",
      metadata: {
        allowed_outbound_hosts: ["https://api.example.com"],
        key_value_stores: ["default"],
        databases: ["main"],
      },
      source: { content_type: "application/wasm", ...contentRefOf(stats) },
      env: { A: "1" },
      config: { token: "{{ token }}" },
      files: [
        { inline: "eA", digest: digestOf("x"), path: "static/a.txt" },
        { inline: "eA", digest: digestOf("x"), path: "static/b.txt" },
      ],
    },
  ],
};

describe("unlockManifest", () => {
  test("says what a spin.toml would", () => {
    expect(unlockManifest(app, "ghcr.io/acme/shop")).toEqual({
      spin_manifest_version: 2,
      application: {
        name: "shop",
        version: "1.0.0",
        description: "Sells",
        authors: ["A"],
        trigger: { http: { base: "/x" } },
      },
      variables: { token: { secret: true, required: true }, greeting: { default: "hi" } },
      trigger: { http: [{ id: "t", component: "stats", route: "/..." }] },
      component: {
        stats: {
          source: { url: "ghcr.io/acme/shop", digest: digestOf(stats) },
          allowed_outbound_hosts: ["https://api.example.com"],
          key_value_stores: ["default"],
          sqlite_databases: ["main"],
          variables: { token: "{{ token }}" },
          environment: { A: "1" },
          files: [{ source: "static", destination: "/static" }],
        },
      },
    });
  });

  test("keeps dependencies, with what they export and inherit", () => {
    const source = { content_type: "application/wasm" as const, digest: digestOf("d") };
    const dependencies = {
      "a:b/c": { source, export: "x:y/z", inherit: "All" as const },
      "a:b/d": { source, export: null, inherit: { Some: ["ai_models"] } },
    };
    const [component] = app.components;
    const manifest = unlockManifest({ ...app, components: [{ ...component!, dependencies }] }, "r");
    expect(manifest.component?.["stats"]?.dependencies).toEqual({
      "a:b/c": { url: "r", digest: digestOf("d"), export: "x:y/z", inherit_configuration: true },
      "a:b/d": { url: "r", digest: digestOf("d"), inherit_configuration: ["ai_models"] },
    });
  });
});

describe("inspectArtifact", () => {
  let registry: FakeRegistry;
  beforeEach(async () => {
    registry = await new FakeRegistry().start();
    const plan = planArtifact({ lockedApp: app, sizes: new Map([[digestOf(stats), stats.length]]) });
    await pushArtifact(repositoryOf(registry.host), plan, { open: () => sourceOf(stats), tags: ["1"] });
  });
  afterEach(() => registry.stop());

  test("reads the manifest, the locked application and parts of the binary", async () => {
    const found = await inspectArtifact(repositoryOf(registry.host), "1");
    expect(found.readBytes).toBeLessThan(found.sizeBytes / 2);
    expect(found.summaries.get(digestOf(stats))).toMatchObject({
      kind: "component",
      sizeBytes: stats.length,
    });
    const manifest = unlockManifest(found.lockedApp!, "r");
    const summary = found.summaries.get(digestOf(stats))!;
    const { capabilities } = inspectManifest(
      manifest,
      new Map([["component.stats", { state: "read", summary }]]),
    );
    expect(capabilities).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ component: "stats", value: "default", used: expect.any(String) }),
      ]),
    );
  });

  test("reads the whole where the registry serves no ranges", async () => {
    registry.behaviour.ranges = false;
    const found = await inspectArtifact(repositoryOf(registry.host), "1");
    expect(found.summaries.get(digestOf(stats))).toMatchObject({ kind: "component" });
    expect(found.readBytes).toBeGreaterThan(stats.length);
  });
});
