import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type BuildInputs, buildComponent } from "../../../provider/build/index.ts";
import { rejected } from "../../support/caught.ts";
import { Project, smallComponent } from "./project.ts";

let project: Project;
let binary: Buffer;

beforeAll(() => {
  binary = smallComponent();
  process.env["PULUMI_CONFIG_PASSPHRASE"] = "open-sesame";
  process.env["BUILD_TEST_KEPT"] = "yes";
}, 60_000);

afterAll(() => {
  delete process.env["PULUMI_CONFIG_PASSPHRASE"];
  delete process.env["BUILD_TEST_KEPT"];
});

beforeEach(() => {
  project = new Project(binary);
});

afterEach(() => project.remove());

const build = (inputs: BuildInputs = project.inputs, onOutput = (_line: string): void => {}) =>
  buildComponent({ projectDir: project.folder, inputs, onOutput });

function running(script: string): BuildInputs {
  const command = [process.execPath, "-e", script];
  return { ...project.inputs, build: { command, workdir: "api", watch: ["src/**"] } };
}

describe("building a component", () => {
  test("gives the binary's digest, size and interfaces, and passes on what the build prints", async () => {
    const lines: string[] = [];
    const built = await build(project.inputs, (line) => lines.push(line));
    expect(built).toMatchObject({
      built: true,
      digest: `sha256:${createHash("sha256").update(binary).digest("hex")}`,
      sizeBytes: binary.length,
      exports: ["run"],
    });
    expect(lines).toContain("one line of output");
  });

  test("is done once for the same sources", async () => {
    const first = await build();
    expect(await build()).toEqual({ ...first, built: false });
    expect(project.builds).toBe(1);
  });

  test.each([
    ["a source changed", () => project.write("api/src/index.ts", "export const changed = 1;")],
    ["the output was deleted", () => rmSync(join(project.folder, "api/dist"), { recursive: true })],
    ["the output is another one", () => project.write("api/dist/api.wasm", "x")],
    ["the cache was cleared", () => rmSync(process.env["XDG_CACHE_HOME"] ?? "", { recursive: true })],
  ])("is done again when %s", async (_why, change) => {
    await build();
    change();
    expect(await build()).toMatchObject({ built: true });
    expect(project.builds).toBe(2);
  });

  test("shows the tool chain the user's environment, but nothing of Pulumi's", async () => {
    await build();
    const environment = JSON.parse(project.read("environment.json")) as Record<string, string>;
    expect(environment).toMatchObject({ BUILD_TEST_KEPT: "yes", PATH: process.env["PATH"] });
    expect(Object.keys(environment).filter((name) => name.startsWith("PULUMI_"))).toEqual([]);
  });

  test("that fails shows the command, the exit code and the last lines", async () => {
    const script =
      "for (let i = 1; i <= 60; i++) console.error(`line ${i} of the complaint`); process.exit(3)";
    const error = await rejected(build(running(script)));
    expect(error).toMatchObject({ code: "ERR_SPIN_BUILD_FAILED", fault: "user", path: "build.command" });
    expect(error.message).toMatch(/"api".*exit code 3/);
    expect(error.message).toContain("line 60 of the complaint");
    expect(error.message).not.toContain("line 5 of the complaint");
    expect(await rejected(build(running("process.exit(1)")))).toMatchObject({
      code: "ERR_SPIN_BUILD_FAILED",
    });
  });

  test("that is killed says by which signal", async () => {
    const error = await rejected(build(running("process.kill(process.pid, 'SIGKILL')")));
    expect(error.code).toBe("ERR_SPIN_BUILD_FAILED");
    expect(error.message).toContain("was ended by SIGKILL");
  });

  test("names a program that is not installed", async () => {
    const inputs = {
      ...project.inputs,
      build: { command: ["no-such-cargo", "build"], watch: ["api/src/**"] },
    };
    const error = await rejected(build(inputs));
    expect(error).toMatchObject({ code: "ERR_SPIN_BUILD_TOOL_MISSING", path: "build.command" });
    expect(error.message).toContain('"no-such-cargo"');
  });

  test("names a workdir that is not there, and does not blame the program", async () => {
    const inputs = {
      ...project.inputs,
      build: { command: [process.execPath, "x"], workdir: "nowhere", watch: ["../api/src/**"] },
    };
    const error = await rejected(build(inputs));
    expect(error.code).toBe("ERR_SPIN_BUILD_FAILED");
    expect(error.message).toMatch(/in nowhere could not start: .*cwd/s);
  });

  test("that writes nothing says where the file was expected, and which command should have made it", async () => {
    const error = await rejected(build(running("0")));
    expect(error).toMatchObject({ code: "ERR_SPIN_COMPONENT_MISSING", path: "source" });
    expect(error.message).toContain("api/dist/api.wasm");
    expect(error.hint).toContain(process.execPath);
  });

  test.each([
    ["no WebAssembly", Buffer.from("#!/bin/sh\n")],
    ["nothing", Buffer.alloc(0)],
  ])("refuses %s, and builds again the next time", async (_what, bytes) => {
    project.write("api/prebuilt.wasm", bytes);
    const error = await rejected(build());
    expect(error).toMatchObject({ code: "ERR_SPIN_WASM_MAGIC", fault: "user", path: "source" });
    expect(error.message).toContain("api/dist/api.wasm");
    project.write("api/prebuilt.wasm", binary);
    expect(await build()).toMatchObject({ built: true, sizeBytes: binary.length });
  });

  test("refuses a binary that was cut off", async () => {
    project.write("api/prebuilt.wasm", binary.subarray(0, binary.length - 5));
    expect(await rejected(build())).toMatchObject({ fault: "user", path: "source" });
  });

  test("is not needed for a binary that is there", async () => {
    project.write("there.wasm", binary);
    const found = await build({ componentId: "api", source: "there.wasm" });
    expect(found).toMatchObject({ built: false, sizeBytes: binary.length, sourceHash: found.digest });
  });
});
