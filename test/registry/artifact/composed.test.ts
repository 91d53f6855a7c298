/** What a spin.toml with dependencies becomes as an artifact. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LockedApp } from "../../../model/locked-app/index.ts";
import { normalizeManifest, parseManifest } from "../../../model/manifest/index.ts";
import { planLocalApp } from "../../../registry/artifact/index.ts";
import { rejected } from "../../support/caught.ts";
import { caller, library } from "../../model/compose/texts.ts";
import { assemble } from "../../runtime/linker/components.ts";

const folders = [1, 2].map((number) => mkdtempSync(join(tmpdir(), `composed-${number}-`)));
const [folder = "", other = ""] = folders;

beforeAll(() => {
  const name = "acme:math/add@1.2.0";
  const binaries = assemble({ caller: caller(name), library: library(name), core: "(module)" });
  for (const [file, bytes] of Object.entries(binaries)) writeFileSync(join(folder, `${file}.wasm`), bytes);
  for (const file of ["caller", "library"])
    copyFileSync(join(folder, `${file}.wasm`), join(other, `${file}.wasm`));
});
afterAll(() => folders.forEach((it) => rmSync(it, { recursive: true, force: true })));

async function plan(root: string, isComposed?: boolean, dependency = "library", middleware = "") {
  const manifest = parseManifest(`spin_manifest_version = 2
application = { name = "sums" }
[[trigger.http]]
route = "/..."
component = "caller"
${middleware}
[component.caller]
source = "caller.wasm"
dependencies = { "acme:math" = { path = "${dependency}.wasm" } }
`);
  const local = await planLocalApp(
    normalizeManifest(manifest),
    root,
    isComposed === undefined ? {} : { isComposed },
  );
  const app = JSON.parse(new TextDecoder().decode(local.plan.lockedApp.bytes)) as LockedApp;
  return { ...local, app };
}

describe("an artifact", () => {
  test("has one binary for a component and its dependencies, by default", async () => {
    const { plan: planned, app, open } = await plan(folder);
    const [component] = app.components;
    expect(component).not.toHaveProperty("dependencies");
    expect(planned.content.map(({ digest }) => digest)).toEqual([component?.source.digest]);
    const [layer] = planned.content;
    const bytes = open(layer!).open(0, layer!.size) as Uint8Array;
    expect(bytes.length).toBe(layer?.size);
    expect([...bytes.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
  });

  test("is the same from another folder", async () => {
    const [here, there] = await Promise.all([plan(folder), plan(other)]);
    expect(here.plan.manifest.digest).toBe(there.plan.manifest.digest);
  });

  test("keeps them separate when that is asked for", async () => {
    const { plan: planned, app } = await plan(folder, false);
    expect(Object.keys(app.components[0]?.dependencies ?? {})).toEqual(["acme:math"]);
    expect(planned.content).toHaveLength(2);
  });

  test("is not made of a core module as a dependency", async () => {
    expect(await rejected(plan(folder, true, "core"))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_MODULE",
      message: expect.stringContaining(
        'the dependency "acme:math" of the component "caller"',
      ) as unknown as string,
    });
  });

  test("is not made with middleware of an older kind", async () => {
    const middleware = 'dependencies = { middleware = [{ path = "library.wasm" }] }';
    expect(await rejected(plan(folder, true, "library", middleware))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_MIDDLEWARE",
    });
  });
});
