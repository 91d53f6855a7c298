import { afterAll, describe, expect, test } from "@jest/globals";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../../runtime/admin/client.ts";
import { prepareStateDir } from "../../../runtime/admin/state-dir.ts";
import { storageError } from "../../../runtime/admin/storage-error.ts";

const folder = mkdtempSync(join(tmpdir(), "state-dir-"));

afterAll(() => rmSync(folder, { recursive: true }));

describe("the folder of a host", () => {
  test("is made, with those above it, for this user alone", () => {
    const path = join(folder, "a", "b");
    prepareStateDir(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual(["logs"]);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "host.db"), "");
    prepareStateDir(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test("is not one that holds something else", () => {
    const path = join(folder, "home");
    mkdirSync(path, { mode: 0o755 });
    writeFileSync(join(path, "letter.txt"), "");
    expect(() => prepareStateDir(path)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_HOST_STATE_DIR", message: expect.stringContaining(path) }),
    );
    expect(readdirSync(path)).toEqual(["letter.txt"]);
    expect(statSync(path).mode & 0o777).toBe(0o755);
  });

  test("that cannot be made stops a start, with the place and the next step", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(connect({ stateDir: join(file, "host"), start: true })).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_STATE_DIR",
      message: expect.stringContaining(file),
      hint: expect.stringContaining("PULUMI_SPIN_HOST_DIR"),
    });
  });
});

describe("a failure of the disk", () => {
  test.each([
    ["ENOSPC", "ERR_SPIN_HOST_DISK_FULL"],
    ["SQLITE_FULL", "ERR_SPIN_HOST_DISK_FULL"],
    ["SQLITE_NOTADB", "ERR_SPIN_HOST_STATE_CORRUPT"],
    ["SQLITE_CORRUPT_INDEX", "ERR_SPIN_HOST_STATE_CORRUPT"],
    ["SQLITE_IOERR_WRITE", "ERR_SPIN_HOST_STATE_DIR"],
    ["EROFS", "ERR_SPIN_HOST_STATE_DIR"],
  ])("%s is %s", (code, expected) => {
    expect(storageError(Object.assign(new Error("broken"), { code }), "/dir")).toMatchObject({
      code: expected,
      message: expect.stringMatching(`/dir.*${code}`),
    });
  });

  test.each([new Error("plain"), Object.assign(new Error("other"), { code: "ECONNRESET" }), undefined])(
    "is not seen in %s",
    (error) => {
      expect(storageError(error, "/dir")).toBe(error);
    },
  );
});
