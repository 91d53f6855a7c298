import { describe, expect, test } from "@jest/globals";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import fc from "fast-check";
import type { LockedApp, LockedComponent } from "../../../model/locked-app/index.ts";
import { cycloneDxSbom } from "../../../model/sbom/index.ts";
import type { WasmSummary } from "../../../model/wasm/index.ts";

const digestOf = (seed: number): string => `sha256:${seed.toString(16).padStart(64, "0")}`;

function component(id: string, seed: number, more: Partial<LockedComponent> = {}): LockedComponent {
  return { id, source: { content_type: "application/wasm", digest: digestOf(seed) }, ...more };
}

function summary(producers: Record<string, string[]>): WasmSummary {
  return {
    kind: "component",
    imports: [],
    exports: [],
    producers,
    sizeBytes: 1,
    coreModules: 1,
    componentTypes: [],
    memories: [],
    modules: [],
    components: [],
    customSections: [],
  };
}

const app: LockedApp = {
  spin_lock_version: 0,
  metadata: { name: "shop", version: "1.4.0", description: "sells" },
  triggers: [],
  components: [
    component("api", 1, {
      metadata: { description: "answers" },
      files: [
        { path: "b.txt", digest: digestOf(7) },
        { path: "a.txt", digest: digestOf(8) },
      ],
      dependencies: {
        "acme:util/text@1.2.0": {
          source: { content_type: "application/wasm", digest: digestOf(2) },
          export: null,
        },
      },
    }),
    component("stats", 3),
  ],
};
const summaries = new Map([
  [
    digestOf(1),
    summary({
      language: ["Rust"],
      "processed-by": ["rustc 1.98.0 (88d9e12ae 2026-08-18)", "wit-component 0.259.0"],
      sdk: ["spin-sdk 5.0.0"],
    }),
  ],
  [digestOf(3), summary({ language: ["JavaScript"], "processed-by": ["wit-component 0.259.0"] })],
]);

interface Part {
  name: string;
  version?: string;
  scope?: string;
  "bom-ref": string;
  components?: Part[];
  hashes?: { content: string }[];
  properties?: { name: string; value: string }[];
}

const bill = (of: LockedApp = app) => {
  const text = new TextDecoder().decode(cycloneDxSbom({ lockedApp: of, summaries }));
  const parsed = JSON.parse(text) as {
    components: Part[];
    dependencies: { ref: string; dependsOn?: string[] }[];
  };
  return { text, ...parsed };
};

test("is valid by CycloneDX's own schema", async () => {
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill().text)).toBeNull();
});

describe("names", () => {
  const { components, dependencies } = bill();
  const named = (name: string): Part | undefined => components.find((it) => it.name === name);
  const dependsOn = (ref: string): string[] => dependencies.find((it) => it.ref === ref)?.dependsOn ?? [];

  test("each component with its digest, its files and its language", () => {
    expect(named("api")).toMatchObject({
      hashes: [{ alg: "SHA-256", content: digestOf(1).slice(7) }],
      components: [{ name: "a.txt" }, { name: "b.txt" }],
      properties: [
        { name: "wasm:kind", value: "component" },
        { name: "wasm:language", value: "Rust" },
      ],
    });
  });

  test("what it is composed of, by package and version", () => {
    expect(named("acme:util/text")).toMatchObject({ type: "library", version: "1.2.0" });
    expect(dependsOn("component:api")).toContain(named("acme:util/text")?.["bom-ref"]);
  });

  test("the tools that made it, once, as not shipped; an SDK as shipped", () => {
    expect(components.filter(({ name }) => name === "wit-component")).toHaveLength(1);
    expect(named("rustc")).toMatchObject({ version: "1.98.0 (88d9e12ae 2026-08-18)", scope: "excluded" });
    expect(named("spin-sdk")).toMatchObject({ version: "5.0.0", scope: "required" });
    expect(dependsOn("component:stats")).toEqual(["tool:wit-component 0.259.0"]);
    expect(dependsOn("application")).toEqual(["component:api", "component:stats"]);
  });
});

test("has neither a time nor a number of its own, and one form whatever the order is", () => {
  const { text } = bill();
  expect(text).not.toMatch(/"(?:timestamp|serialNumber)"/);
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), (isTurned, isFilesTurned) => {
      const components = app.components.map((it) =>
        isFilesTurned && it.files ? { ...it, files: it.files.toReversed() } : it,
      );
      const other = { ...app, components: isTurned ? components.toReversed() : components };
      expect(bill(other).text).toBe(text);
    }),
  );
});
