/** What should run, on disk: host.db in the state directory, readable by its owner only, since variables may be secrets. */
import Database from "better-sqlite3";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import type { GivenLimits } from "../admin/limits.ts";
import type { AppStatus, Deployment, PastRevision } from "../admin/protocol.ts";

/** An app as it should be. */
export interface DesiredApp {
  app: string;
  status: AppStatus["status"];
  revision: number;
  digest: string;
  /** As asked for, and as bound: a port that was found free is kept. */
  listen: string;
  address: string;
  lockedApp: Deployment["lockedApp"];
  variables: Record<string, string>;
  /** As given: a later engine may have other defaults for the rest. */
  limits: GivenLimits;
  /** Empty: nobody in particular. */
  owner: string;
}

const keptRevisions = 10;

/** Statements that bring the schema from each version to the next; never changed, only added to. */
const migrations = [
  `CREATE TABLE app (
     name TEXT PRIMARY KEY, status TEXT NOT NULL, revision INTEGER NOT NULL, listen TEXT NOT NULL, address TEXT NOT NULL,
     variables TEXT NOT NULL) STRICT;
   CREATE TABLE revision (
     app TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, locked_app TEXT NOT NULL, created_at TEXT NOT NULL,
     PRIMARY KEY (app, revision)) STRICT;`,
  `ALTER TABLE revision ADD COLUMN limits TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE app ADD COLUMN owner TEXT NOT NULL DEFAULT ''`,
];

interface Row {
  name: string;
  status: AppStatus["status"];
  revision: number;
  digest: string;
  listen: string;
  address: string;
  locked_app: string;
  variables: string;
  limits: string;
  owner: string;
}

export class Store {
  readonly #database: Database.Database;

  /** Throws ERR_SPIN_HOST_STATE_NEWER, or what SQLite throws. */
  constructor(stateDir: string) {
    const path = join(stateDir, "host.db");
    const mask = process.umask(0o077);
    this.#database = new Database(path);
    process.umask(mask);
    chmodSync(path, 0o600);
    this.#database.pragma("journal_mode = WAL");
    this.#database.pragma("synchronous = FULL");
    this.#migrate();
  }

  list(): DesiredApp[] {
    return (this.#database.prepare(`${selectApps} ORDER BY name`).all() as Row[]).map(fromRow);
  }

  get(app: string): DesiredApp | undefined {
    const row = this.#database.prepare(`${selectApps} WHERE name = ?`).get(app) as Row | undefined;
    return row === undefined ? undefined : fromRow(row);
  }

  /** The kept revisions up to the present one, in order. */
  history(app: string): PastRevision[] {
    const select =
      "SELECT revision, digest, created_at AS deployedAt FROM revision WHERE app = ? ORDER BY revision";
    return this.#database.prepare(select).all(app) as PastRevision[];
  }

  /** The number that the app's next revision gets: one more than any it ever had. */
  nextRevision(app: string): number {
    const { last } = this.#database
      .prepare("SELECT max(revision) AS last FROM revision WHERE app = ?")
      .get(app) as {
      last: number | null;
    };
    return (last ?? 0) + 1;
  }

  /** Records an app and its revision together, and forgets revisions older than those kept for rollback. */
  save(desired: DesiredApp): void {
    const { app, status, revision, digest, listen, address, lockedApp, variables, limits, owner } = desired;
    const createdAt = new Date().toISOString();
    this.#database.transaction(() => {
      this.#database
        .prepare("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .run(app, revision, digest, JSON.stringify(lockedApp), createdAt, JSON.stringify(limits));
      this.#database
        .prepare("INSERT OR REPLACE INTO app VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(app, status, revision, listen, address, JSON.stringify(variables), owner);
      this.#database
        .prepare("DELETE FROM revision WHERE app = ? AND revision <= ?")
        .run(app, revision - keptRevisions);
    })();
  }

  delete(app: string): void {
    this.#database.transaction(() => {
      this.#database.prepare("DELETE FROM app WHERE name = ?").run(app);
      this.#database.prepare("DELETE FROM revision WHERE app = ?").run(app);
    })();
  }

  /** Digests of all components that a kept revision may need again. */
  referencedBlobs(): Set<string> {
    const rows = this.#database.prepare("SELECT locked_app FROM revision").all() as { locked_app: string }[];
    return new Set(rows.flatMap((row) => row.locked_app.match(/sha256:[0-9a-f]{64}/g) ?? []));
  }

  close(): void {
    this.#database.close();
  }

  #migrate(): void {
    const version = this.#database.pragma("user_version", { simple: true }) as number;
    if (version > migrations.length) {
      const message = `host.db is of version ${version}; this pulumi-spin knows ${migrations.length}.`;
      throw new SpinError("ERR_SPIN_HOST_STATE_NEWER", message);
    }
    this.#database.transaction(() => {
      for (const statements of migrations.slice(version)) this.#database.exec(statements);
      this.#database.pragma(`user_version = ${migrations.length}`);
    })();
  }
}

const selectApps =
  "SELECT app.name, status, app.revision, digest, listen, address, locked_app, variables, limits, owner FROM app JOIN revision ON revision.app = app.name AND revision.revision = app.revision";

function fromRow({ name, locked_app, variables, limits, ...row }: Row): DesiredApp {
  const { status, revision, digest, listen, address, owner } = row;
  return {
    app: name,
    status,
    revision,
    digest,
    listen,
    address,
    lockedApp: parseJson(locked_app) as DesiredApp["lockedApp"],
    variables: parseJson(variables) as DesiredApp["variables"],
    limits: parseJson(limits) as GivenLimits,
    owner,
  };
}
