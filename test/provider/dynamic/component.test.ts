import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { handle } from "../../../provider/dynamic/index.ts";
import { Project, smallComponent } from "../build/project.ts";
import { checked, created, preview, stored, unknownText } from "./handlers.ts";

const former = process.cwd();
let project: Project;

beforeAll(() => {
  project = new Project(smallComponent());
  // What a build prints is for the person at the terminal.
  jest.spyOn(console, "log").mockImplementation(() => {});
  // As the engine does, which starts the provider in the program's folder.
  process.chdir(project.folder);
}, 60_000);

afterAll(() => {
  jest.restoreAllMocks();
  process.chdir(former);
  project.remove();
});

test("a component is planned without being built, built once, known in the next preview, and built when changed", async () => {
  const handlers = handle("spin:index:Component");
  const news = { ...project.inputs, environment: { MODE: "test" } };

  const first = await preview("Component", news);
  expect(first).toMatchObject({
    digest: unknownText,
    imports: unknownText,
    definition: {
      id: "api",
      source: "api/dist/api.wasm",
      digest: unknownText,
      environment: { MODE: "test" },
    },
  });
  expect(project.builds).toBe(0);
  expect(existsSync(process.env["XDG_CACHE_HOME"] ?? "")).toBe(false);

  const { id, outs } = await created("Component", news);
  expect(id).toBe("api");
  expect(outs).toMatchObject({ digest: expect.stringMatching(/^sha256:/), exports: ["run"], grants: [] });
  expect(outs["definition"]).toMatchObject({ digest: outs["digest"], size: outs["sizeBytes"] });
  expect(project.builds).toBe(1);

  const again = await preview("Component", news, outs);
  expect(again).toEqual(outs);
  const kept = { ...outs, __provider: "text" };
  expect(await handlers.diff(id, kept, again)).toMatchObject({ changes: false });
  expect(await handlers.read(id, stored(outs))).toEqual({ id, props: outs });
  expect(project.builds).toBe(1);

  project.write("api/src/index.ts", "export const changed = true;");
  const changed = await preview("Component", news, outs);
  expect(changed).toMatchObject({ digest: unknownText, sourceHash: expect.stringMatching(/^sha256:/) });
  expect(await handlers.diff(id, outs, changed)).toEqual({
    changes: undefined,
    replaces: [],
    deleteBeforeReplace: false,
  });
  expect(project.builds).toBe(1);

  const wanted = await checked("Component", news, outs);
  const { outs: updated } = await handlers.update(id, outs, stored(wanted));
  expect(project.builds).toBe(2);
  expect(updated["sourceHash"]).not.toBe(outs["sourceHash"]);
  expect(updated["digest"]).toBe(outs["digest"]);
  await handlers.delete(id, updated);
  expect(existsSync(join(project.folder, "api/dist/api.wasm"))).toBe(true);
});

test("state holds nothing of this machine but the command", async () => {
  const { outs } = await created("Component", project.inputs);
  const { build: _build, definition, ...rest } = outs;
  const { build: _same, ...parts } = definition;
  expect(JSON.stringify([rest, parts])).not.toContain(project.folder);
});

test("a binary that is not there stops in the preview, at its property", async () => {
  const news = { componentId: "api", source: "gone.wasm", __call: { preview: true } };
  const { failures } = await handle("spin:index:Component").check({}, news);
  expect(failures).toEqual([
    { property: "source", reason: expect.stringMatching(/gone\.wasm.*\[ERR_SPIN_COMPONENT_MISSING\]/) },
  ]);
});

test("a failing build rejects with the code and the next step in the message", async () => {
  const build = { command: [process.execPath, "-e", "process.exit(4)"], watch: ["api/src/**"] };
  const failing = created("Component", { ...project.inputs, build });
  await expect(failing).rejects.toThrow(/exit code 4[^]*ERR_SPIN_BUILD_FAILED/);
});
