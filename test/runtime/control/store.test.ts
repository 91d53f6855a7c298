import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock } from "../../../runtime/control/lock.ts";
import { type DesiredApp, Store } from "../../../runtime/control/store.ts";
import { staticApp } from "./test-host.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function desired(revision: number, body = "one"): DesiredApp {
  const lockedApp = { ...staticApp(body), digest: `sha256:${revision.toString(16).padStart(64, "0")}` };
  const address = "127.0.0.1:3000";
  return {
    app: "shop",
    status: "running",
    revision,
    digest: "",
    listen: address,
    address,
    lockedApp,
    variables: {},
    limits: {},
    owner: "",
  };
}

describe("the store", () => {
  test("gives back what was saved, also after it was closed, and only to this user", () => {
    const store = new Store(folder);
    const app = { ...desired(1), variables: { token: "value" }, limits: { computeMs: 500 }, owner: "me" };
    store.save(app);
    store.close();
    const again = new Store(folder);
    expect(again.list()).toEqual([app]);
    expect(again.get("other")).toBeUndefined();
    again.close();
    expect(statSync(join(folder, "host.db")).mode & 0o777).toBe(0o600);
  });

  test("counts revisions, keeps the last ten, and the blobs that those name", () => {
    const store = new Store(folder);
    for (let revision = 1; revision <= 12; revision++) {
      expect(store.nextRevision("shop")).toBe(revision);
      store.save(desired(revision));
    }
    const kept = [...store.referencedBlobs()].map((digest) => Number.parseInt(digest.slice(7), 16));
    expect(kept.sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    store.delete("shop");
    expect([store.list(), [...store.referencedBlobs()], store.nextRevision("shop")]).toEqual([[], [], 1]);
    store.close();
  });

  test("of version 1 keeps its apps, with the limits that they had: none of their own", () => {
    const app = desired(1);
    const database = new Database(join(folder, "host.db"));
    database.exec(`
      CREATE TABLE app (
        name TEXT PRIMARY KEY, status TEXT NOT NULL, revision INTEGER NOT NULL, listen TEXT NOT NULL, address TEXT NOT NULL,
        variables TEXT NOT NULL) STRICT;
      CREATE TABLE revision (
        app TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, locked_app TEXT NOT NULL, created_at TEXT NOT NULL,
        PRIMARY KEY (app, revision)) STRICT;
      INSERT INTO app VALUES ('shop', 'running', 1, '${app.listen}', '${app.address}', '{}');
      PRAGMA user_version = 1;`);
    database
      .prepare("INSERT INTO revision VALUES ('shop', 1, '', ?, '2026-01-01T00:00:00.000Z')")
      .run(JSON.stringify(app.lockedApp));
    database.close();
    const store = new Store(folder);
    expect(store.list()).toEqual([app]);
    store.save({ ...app, revision: 2, limits: { queue: 7 } });
    expect(store.get("shop")).toEqual({ ...app, revision: 2, limits: { queue: 7 } });
    expect(store.history("shop").map(({ revision }) => revision)).toEqual([1, 2]);
    store.close();
  });

  test("of a later version is not touched", () => {
    new Store(folder).close();
    const database = new Database(join(folder, "host.db"));
    database.pragma("user_version = 99");
    database.close();
    expect(() => new Store(folder)).toThrow(expect.objectContaining({ code: "ERR_SPIN_HOST_STATE_NEWER" }));
  });

  test("that is damaged is said to be, by SQLite's code", () => {
    writeFileSync(join(folder, "host.db"), "no database at all, ".repeat(100));
    expect(() => new Store(folder)).toThrow(expect.objectContaining({ code: "SQLITE_NOTADB" }));
  });
});

describe("the lock of a state directory", () => {
  test("is held by one at a time", () => {
    const release = acquireLock(folder);
    expect(release).toBeDefined();
    expect(acquireLock(folder)).toBeUndefined();
    release?.();
    const next = acquireLock(folder);
    expect(next).toBeDefined();
    next?.();
  });
});
