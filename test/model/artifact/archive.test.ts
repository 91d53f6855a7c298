import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ArchiveFile, gzipStored, tarOf } from "../../../model/artifact/index.ts";
import { rejected } from "../../support/caught.ts";
import { collected } from "../../support/registry-client.ts";

const fileOf = (path: string, text: string, sizeBytes = Buffer.byteLength(text)): ArchiveFile => ({
  path,
  sizeBytes,
  async *open() {
    for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000));
  },
});

const files = [
  fileOf("b.txt", "b".repeat(512)),
  fileOf("a/é.txt", "é".repeat(400)),
  fileOf(`a/${"long".repeat(40)}.txt`, "x"),
  fileOf("empty", ""),
  fileOf("a/large", "0123456789".repeat(20_000)),
];

describe("tarOf and gzipStored", () => {
  test("write what tar unpacks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-spin-tar-"));
    try {
      writeFileSync(join(folder, "a.tar.gz"), await collected(gzipStored(tarOf(files))));
      execFileSync("tar", ["-xzf", "a.tar.gz"], { cwd: folder, stdio: "pipe" });
      rmSync(join(folder, "a.tar.gz"));
      const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
      expect(found).toHaveLength(files.length);
      for (const file of files)
        expect(readFileSync(join(folder, file.path)).equals(await collected(file.open()))).toBe(true);
      expect(statSync(join(folder, "b.txt")).mtimeMs).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("give the same bytes in every order, which zlib reads back", async () => {
    const [one, other] = await Promise.all([
      collected(gzipStored(tarOf(files))),
      collected(gzipStored(tarOf(files.toReversed()))),
    ]);
    expect(one.equals(other)).toBe(true);
    expect(gunzipSync(one).equals(await collected(tarOf(files)))).toBe(true);
  });

  test.each([4, 6])("refuse a file that has another size than was said: %d", async (sizeBytes) => {
    const error = await rejected(collected(tarOf([fileOf("a", "12345", sizeBytes)])));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_CONTENT");
    expect(error.message).toContain('"a" changed');
  });
});
