import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { tar, type TarEntry } from "../../../scripts/plugin-package/tar.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tar-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const entry = (path: string, text: string, isExecutable = false): TarEntry => ({
  path,
  content: Buffer.from(text),
  isExecutable,
});

test("an archive is read by tar: long paths, sizes around a block, and who may be executed", () => {
  const long = `${"folder/".repeat(20)}${"n".repeat(90)}.js`;
  const entries = [
    entry("run", "#!/bin/sh\n", true),
    entry("empty", ""),
    entry("block", "x".repeat(512)),
    entry(long, "y".repeat(513)),
  ];
  writeFileSync(join(dir, "a.tar"), tar(entries));
  execFileSync("tar", ["xf", "a.tar"], { cwd: dir });
  for (const { path, content } of entries) expect(readFileSync(join(dir, path))).toEqual(content);
  expect(statSync(join(dir, "run")).mode & 0o777).toBe(0o755);
  expect(statSync(join(dir, "empty")).mode & 0o111).toBe(0);
});

test("equal entries give equal bytes", () => {
  expect(tar([entry("a", "b")])).toEqual(tar([entry("a", "b")]));
});

test("a path that the format has no place for is refused", () => {
  expect(() => tar([entry("n".repeat(101), "")])).toThrow("too long");
});
