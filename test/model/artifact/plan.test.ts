import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  mediaTypes,
  needsArchives,
  parseImageManifest,
  planArtifact,
  readArtifact,
  readLockedApp,
} from "../../../model/artifact/index.ts";
import { digestOf } from "../../../model/digest.ts";
import { contentRefOf, type LockedApp, type LockedComponent } from "../../../model/locked-app/index.ts";
import { caught } from "../../support/caught.ts";

const wasm = Buffer.alloc(200, 1);
const page = Buffer.alloc(300, 2);
const tiny = Buffer.from("tiny");
const sizes = new Map([wasm, page, tiny].map((bytes) => [digestOf(bytes), bytes.length]));
const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

const component: LockedComponent = {
  id: "shop",
  source: { content_type: "application/wasm", source: "file:///somewhere/shop.wasm", ...contentRefOf(wasm) },
  files: [
    { ...contentRefOf(page), path: "index.html" },
    { ...contentRefOf(tiny), path: "tiny.txt" },
  ],
};

const app: LockedApp = {
  spin_lock_version: 0,
  metadata: {
    name: "shop",
    version: "1.4.0",
    authors: ["A", "B"],
    origin: "file:///somewhere",
    triggers: {},
  },
  triggers: [{ id: "t", trigger_type: "http", trigger_config: { component: "shop", route: "/..." } }],
  components: [component],
};

describe("planArtifact", () => {
  test("lays an application out as Spin does", () => {
    const plan = planArtifact({ lockedApp: app, sizes });
    expect(plan.content).toEqual([
      { mediaType: mediaTypes.spinWasm, digest: digestOf(wasm), size: 200 },
      { mediaType: mediaTypes.spinData, digest: digestOf(page), size: 300 },
    ]);
    expect(parse(plan.manifest.bytes)).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      config: plan.config.descriptor,
      layers: [...plan.content, plan.lockedApp.descriptor],
      annotations: {
        "org.opencontainers.image.authors": "A, B",
        "org.opencontainers.image.title": "shop",
        "org.opencontainers.image.version": "1.4.0",
      },
    });
    expect(parse(plan.config.bytes)).toEqual({
      architecture: "wasm",
      os: "Wasip1",
      config: { Labels: { "com.fermyon.spin.lockedAppDigest": plan.lockedApp.descriptor.digest } },
      rootfs: { type: "layers", diff_ids: [] },
    });
    expect(parse(plan.lockedApp.bytes)).toMatchObject({
      metadata: { name: "shop" },
      components: [
        {
          source: { content_type: "application/wasm", digest: digestOf(wasm) },
          files: [{ path: "index.html" }, { path: "tiny.txt", inline: "dGlueQ", digest: digestOf(tiny) }],
        },
      ],
    });
    expect(new TextDecoder().decode(plan.lockedApp.bytes)).not.toContain("somewhere");
    const { manifest, config, lockedApp } = plan;
    expect(plan.sizeBytes).toBe(manifest.bytes.length + config.bytes.length + lockedApp.bytes.length + 500);
  });

  test("says when it was created only when it is told to, and lets given annotations win", () => {
    const created = "2026-01-02T03:04:05Z";
    const annotations = { "org.opencontainers.image.title": "other", team: "web" };
    const { manifest } = planArtifact({ lockedApp: app, sizes, created, annotations });
    expect(parse(manifest.bytes)).toMatchObject({
      annotations: {
        "org.opencontainers.image.created": created,
        "org.opencontainers.image.title": "other",
        team: "web",
      },
    });
  });

  test("pushes a binary that is small enough to be inline all the same, and equal content once", () => {
    const small = {
      ...component,
      id: "small",
      source: { content_type: "application/wasm" as const, ...contentRefOf(tiny) },
    };
    const twin = { ...component, id: "twin" };
    const { content } = planArtifact({ lockedApp: { ...app, components: [component, small, twin] }, sizes });
    expect(content.map(({ mediaType, digest }) => [mediaType, digest])).toEqual([
      [mediaTypes.spinWasm, digestOf(wasm)],
      [mediaTypes.spinData, digestOf(page)],
      [mediaTypes.spinWasm, digestOf(tiny)],
    ]);
  });

  test("takes dependencies and trigger dependencies along as layers", () => {
    const source = { content_type: "application/wasm" as const, digest: digestOf(page) };
    const uncomposed = { ...component, dependencies: { "a:b/c": { source, export: null } } };
    const { content } = planArtifact({ lockedApp: { ...app, components: [uncomposed] }, sizes });
    expect(content.map(({ mediaType }) => mediaType)).toEqual([
      mediaTypes.spinWasm,
      mediaTypes.spinWasm,
      mediaTypes.spinData,
    ]);
  });

  test("above 499 layers wants one archive for each component, and keeps the list of files", () => {
    const files = Array.from({ length: 499 }, (_, index) => ({
      digest: digestOf(`${index}`),
      path: `f${index}`,
    }));
    const lockedApp = { ...app, components: [{ ...component, files }] };
    const all = new Map([...sizes, ...files.map(({ digest }) => [digest, 1] as const)]);
    const fewer = { ...app, components: [{ ...component, files: files.slice(1) }] };
    expect([needsArchives(lockedApp), needsArchives(fewer)]).toEqual([true, false]);
    expect(planArtifact({ lockedApp: fewer, sizes: all }).content).toHaveLength(499);
    expect(caught(() => planArtifact({ lockedApp, sizes: all })).code).toBe("ERR_SPIN_ARTIFACT_LAYERS");
    const archive = { digest: digestOf("archive"), size: 7 };
    const plan = planArtifact({ lockedApp, sizes: all, archives: new Map([["shop", archive]]) });
    expect(plan.content.map(({ mediaType }) => mediaType)).toEqual([
      mediaTypes.spinWasm,
      mediaTypes.spinArchive,
    ]);
    const artifact = readArtifact(parseImageManifest(plan.manifest.bytes));
    if (artifact.kind !== "application") throw new Error("it is no application");
    expect(readLockedApp(plan.lockedApp.bytes, artifact).components[0]?.files).toHaveLength(499);
    expect(caught(() => planArtifact({ lockedApp, sizes: all, archives: new Map() })).message).toContain(
      "archive",
    );
  });

  test.each(["/index.html", "../up", "a/../b", "./a", "a//b", "a\\b", "C:/x", ""])(
    "refuses a file at %j",
    (path) => {
      const components = [{ ...component, files: [{ ...contentRefOf(page), path }] }];
      expect(caught(() => planArtifact({ lockedApp: { ...app, components }, sizes })).code).toBe(
        "ERR_SPIN_ARTIFACT_PATH",
      );
    },
  );

  test("refuses content without a digest, and content that was not given", () => {
    const components = [
      { ...component, source: { content_type: "application/wasm" as const, source: "x.wasm" } },
    ];
    const error = caught(() => planArtifact({ lockedApp: { ...app, components }, sizes }));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_CONTENT");
    expect(error.message).toContain('The source of the component "shop" has no digest');
    expect(caught(() => planArtifact({ lockedApp: app, sizes: new Map() })).message).toContain(
      "was not given",
    );
  });

  test("gives one digest for equal parts, found in whatever order", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, names, fc.infiniteStream(fc.nat(1000)), (ids, paths, order) => {
        const ranks = order[Symbol.iterator]();
        const shuffled = <T>(list: T[]): T[] =>
          list
            .map((it) => [ranks.next().value as number, it] as const)
            .sort(([a], [b]) => a - b)
            .map(([, it]) => it);
        const turned = <T extends object>(value: T): T =>
          Object.fromEntries(shuffled(Object.entries(value))) as T;
        const of = (
          mix: <T>(list: T[]) => T[],
          turn: <T extends object>(value: T) => T,
          folder: string,
        ): string => {
          const files = paths.map((path) =>
            turn({ ...contentRefOf(page), path, source: `${folder}/${path}` }),
          );
          const components = ids.map((id) => turn({ ...component, id, files: mix(files) }));
          const origin = { ...app.metadata, origin: folder };
          const lockedApp = turn({ ...app, metadata: turn(origin), components: mix(components) });
          return planArtifact({ lockedApp, sizes: new Map(mix([...sizes])) }).manifest.digest;
        };
        expect(of(shuffled, turned, "file:///b")).toBe(
          of(
            (list) => list,
            (value) => value,
            "file:///a",
          ),
        );
      }),
      { numRuns: 100 },
    );
  });
});
