import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { cpSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildInputs, hashSources } from "../../../provider/build/index.ts";
import { rejected } from "../../support/caught.ts";
import { Project } from "./project.ts";

let project: Project;

beforeEach(() => {
  project = new Project(new Uint8Array());
});

afterEach(() => project.remove());

const hash = (inputs: BuildInputs = project.inputs) => hashSources(project.folder, inputs);

function watching(...watch: string[]): BuildInputs {
  return { ...project.inputs, build: { command: ["make"], workdir: "api", watch } };
}

describe("the hash of a component's sources", () => {
  test("is the same again, at another time, in another folder, by other patterns in another order", async () => {
    project.write("api/src/b.ts", "b");
    const before = await hash(watching("src/index.ts", "src/b.ts"));
    expect(before).toMatch(/^sha256:[0-9a-f]{64}$/);
    utimesSync(join(project.folder, "api/src/b.ts"), 1, 1);
    expect(await hash(watching("src/b.ts", "src/*.ts"))).toBe(before);
    const other = mkdtempSync(join(tmpdir(), "other-"));
    cpSync(project.folder, other, { recursive: true });
    expect(await hashSources(other, watching("src/**"))).toBe(before);
    rmSync(other, { recursive: true });
  });

  test.each([
    ["content", () => project.write("api/src/index.ts", "export {};")],
    ["a file more", () => project.write("api/src/deep/more.ts", "")],
    [
      "another name",
      () => {
        project.write("api/src/other.ts", project.read("api/src/index.ts"));
        rmSync(join(project.folder, "api/src/index.ts"));
      },
    ],
  ])("changes with %s", async (_what, change) => {
    const before = await hash();
    change();
    expect(await hash()).not.toBe(before);
  });

  test("changes when content moves from one file to the next", async () => {
    project.write("api/src/a.ts", "xy");
    project.write("api/src/b.ts", "");
    const before = await hash();
    project.write("api/src/a.ts", "x");
    project.write("api/src/b.ts", "y");
    expect(await hash()).not.toBe(before);
  });

  test("changes with the command and with the place of the output", async () => {
    const { build } = project.inputs;
    const all = [
      await hash(),
      await hash({ ...project.inputs, source: "api/other.wasm" }),
      await hash({
        ...project.inputs,
        build: { workdir: "api", watch: build?.watch ?? [], command: ["make"] },
      }),
    ];
    expect(new Set(all).size).toBe(3);
  });

  test("leaves out what is not watched, what packages bring, and the output", async () => {
    const wide = watching("**/*");
    const before = await hash(wide);
    project.write("api/node_modules/x/index.js", "x");
    project.write("api/src/node_modules/x.ts", "x");
    project.write("api/.git/HEAD", "x");
    project.write("api/dist/api.wasm", "x");
    project.write("outside.ts", "x");
    expect(await hash(wide)).toBe(before);
  });

  test("refuses to watch nothing, and a file that is not there", async () => {
    const nothing = await rejected(hash(watching("**/*.rs")));
    expect(nothing).toMatchObject({ code: "ERR_SPIN_BUILD_WATCH", path: "build.watch" });
    expect(nothing.message).toContain("**/*.rs");
    const gone = await rejected(hash(watching("src/**", "package.json")));
    expect(gone.message).toContain('"package.json"');
  });

  test("is the binary's digest without a build, and the declared digest of what is fetched", async () => {
    const digest = `sha256:${"1".repeat(64)}`;
    expect(await hash({ componentId: "api", source: { url: "https://x.example/a.wasm", digest } })).toBe(
      digest,
    );
    const missing = await rejected(hash({ componentId: "api", source: "gone.wasm" }));
    expect(missing).toMatchObject({ code: "ERR_SPIN_COMPONENT_MISSING", path: "source" });
    expect(missing.hint).toContain("build");
  });
});
