/** spin.md 1.15: what Spin runs for a binary without a manifest. */
import { expect, test } from "@jest/globals";
import { bareWasm, parseManifest, synthesize, validateManifest } from "../../../model/index.ts";

test("1.15: a bare binary answers all paths and has no authority", () => {
  expect(bareWasm("hello", "out/hello.wasm")).toEqual({
    spin_manifest_version: 2,
    application: { name: "hello" },
    trigger: { http: [{ route: "/...", component: { source: "out/hello.wasm" } }] },
  });
});

test("1.15: what it becomes is a manifest without problems, and read back from its text", () => {
  const manifest = bareWasm("hello", "hello.wasm");
  expect(validateManifest(manifest)).toEqual([]);
  expect(parseManifest(synthesize(manifest))).toEqual(manifest);
});
