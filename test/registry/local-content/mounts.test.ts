/** spin.md 1.7: which files a component may read, and where. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { NormalComponent } from "../../../model/index.ts";
import { mountedFiles } from "../../../registry/local-content/mounts.ts";

let parent = "";
let root = "";

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "spin-mounts-"));
  root = join(parent, "app");
  for (const file of [
    "app/a.txt",
    "app/assets/x.css",
    "app/assets/deep/y.js",
    "app/assets/.dot",
    "secret.txt",
  ]) {
    await mkdir(dirname(join(parent, file)), { recursive: true });
    await writeFile(join(parent, file), file);
  }
  await symlink(join(parent, "app/a.txt"), join(root, "assets/link.txt"));
  await mkdir(join(root, "leak"));
  await symlink(join(parent, "secret.txt"), join(root, "leak/secret.txt"));
  await symlink(parent, join(root, "leak/up"));
});
afterAll(async () => rm(parent, { recursive: true, force: true }));

const paths = async (files: NormalComponent["files"], exclude: string[] = []) =>
  (await mountedFiles(root, { source: "x.wasm", files: files ?? [], exclude_files: exclude })).map(
    ({ path }) => path,
  );

test("a file and a folder keep their places, hidden files and links to files too", async () => {
  expect(await paths(["a.txt"])).toEqual(["a.txt"]);
  expect(await paths(["assets"])).toEqual([
    "assets/.dot",
    "assets/deep/y.js",
    "assets/link.txt",
    "assets/x.css",
  ]);
});

test("a pattern is matched below the application's folder", async () => {
  expect(await paths(["assets/*.css"])).toEqual(["assets/x.css"]);
  expect(await paths(["**/*.js"], ["leak/**"])).toEqual(["assets/deep/y.js"]);
});

test("a table places a folder or a file elsewhere", async () => {
  expect(await paths([{ source: "assets/deep", destination: "/static" }])).toEqual(["static/y.js"]);
  expect(await paths([{ source: "a.txt", destination: "b/c.txt" }])).toEqual(["b/c.txt"]);
  expect(await paths([{ source: "assets/deep", destination: "/" }])).toEqual(["y.js"]);
});

test("exclude_files leave files out, but not one that is named itself", async () => {
  expect(await paths(["assets"], ["**/*.js", "assets/.dot"])).toEqual(["assets/link.txt", "assets/x.css"]);
  expect(await paths(["a.txt"], ["a.txt"])).toEqual(["a.txt"]);
});

test.each<[string, NonNullable<NormalComponent["files"]>[number], RegExp]>([
  ["nothing of that name", "lost", /"lost" does not exist and is no glob pattern/],
  ["no source", { source: "lost", destination: "/" }, /The source "lost" does not exist/],
  ["a file as the root", { source: "a.txt", destination: "/" }, /which is a folder/],
  ["a link out of the folder", "leak/*.txt", /"leak\/secret.txt" lies outside/],
  ["a path out of the folder", "../secret.txt", /lies outside/],
  ["a source out of the folder", { source: "../secret.txt", destination: "/s" }, /lies outside/],
])("%s is refused", async (_what, mount, message) => {
  await expect(paths([mount])).rejects.toMatchObject({
    code: "ERR_SPIN_COMPONENT_FILES",
    message: expect.stringMatching(message),
  });
});
