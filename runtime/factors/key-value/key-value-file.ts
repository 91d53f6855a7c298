import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";

/** Spin's own table, so that data moves between hosts as a file (crates/key-value-spin). */
const schema = `CREATE TABLE IF NOT EXISTS spin_key_value (
  store TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (store, key))`;

interface Statements {
  get: Database.Statement<[string, string], { value: Buffer }>;
  set: Database.Statement<[string, string, Uint8Array]>;
  delete: Database.Statement<[string, string]>;
  exists: Database.Statement<[string, string], { found: number }>;
  keys: Database.Statement<[string], { key: string }>;
}

/** The key-value data of an app: one SQLite file, opened at the first use. Every write is on disk when it returns. */
export class KeyValueFile {
  readonly #path: string;
  #database: Database.Database | undefined;
  #statements: Statements | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  get(store: string, key: string): Uint8Array | undefined {
    return this.#prepared().get.get(store, key)?.value;
  }

  set(store: string, key: string, value: Uint8Array): void {
    this.#prepared().set.run(store, key, value);
  }

  delete(store: string, key: string): void {
    this.#prepared().delete.run(store, key);
  }

  exists(store: string, key: string): boolean {
    return this.#prepared().exists.get(store, key) !== undefined;
  }

  keys(store: string): string[] {
    return this.#prepared()
      .keys.all(store)
      .map(({ key }) => key);
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#statements = undefined;
  }

  #prepared(): Statements {
    return (this.#statements ??= this.#open());
  }

  #open(): Statements {
    mkdirSync(dirname(this.#path), { recursive: true });
    const database = (this.#database = new Database(this.#path));
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec(schema);
    return {
      get: database.prepare("SELECT value FROM spin_key_value WHERE store = ? AND key = ?"),
      set: database.prepare(
        `INSERT INTO spin_key_value (store, key, value) VALUES (?, ?, ?)
         ON CONFLICT (store, key) DO UPDATE SET value = excluded.value`,
      ),
      delete: database.prepare("DELETE FROM spin_key_value WHERE store = ? AND key = ?"),
      exists: database.prepare("SELECT 1 AS found FROM spin_key_value WHERE store = ? AND key = ?"),
      keys: database.prepare("SELECT key FROM spin_key_value WHERE store = ?"),
    };
  }
}
