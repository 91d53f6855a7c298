import { afterAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { KeyValueFile } from "../../../runtime/factors/key-value/key-value-file.ts";

const folder = mkdtempSync(join(tmpdir(), "key-value-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("KeyValueFile keeps stores apart, in Spin's own table", () => {
  const path = join(folder, "app", "sqlite_key_value.db");
  const file = new KeyValueFile(path);
  file.set("a", "k", Uint8Array.from([0, 255]));
  file.set("a", "k", Uint8Array.from([1]));
  file.set("b", "", new Uint8Array());
  expect([file.get("a", "k"), file.get("b", "k"), file.exists("b", ""), file.keys("a")]).toEqual([
    Buffer.from([1]),
    undefined,
    true,
    ["k"],
  ]);
  file.delete("a", "k");
  file.delete("a", "k");
  file.close();
  const database = new Database(path, { readonly: true });
  expect(database.prepare("SELECT store, key, value FROM spin_key_value").all()).toEqual([
    { store: "b", key: "", value: Buffer.alloc(0) },
  ]);
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
  database.close();
});
