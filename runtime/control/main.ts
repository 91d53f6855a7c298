/**
 * The control process: `node main.js --state-dir DIR --launched-at MS`. Ends at once with 0 when another one serves this
 * directory, or when the host was stopped after `MS` (since 1970).
 */
import { chmodSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { toAdminError } from "../admin/admin-error.ts";
import { resolveStateDir, shortSocketFolder, socketPath } from "../admin/paths.ts";
import { storageError } from "../admin/storage-error.ts";
import { Apps } from "./apps.ts";
import { Blobs } from "./blobs.ts";
import { Engine } from "./engine.ts";
import { acquireLock } from "./lock.ts";
import { serveControl } from "./server.ts";
import { noteStop, wasStoppedSince } from "./stop-note.ts";
import { Store } from "./store.ts";

/** How long the admin API waits for apps that come back slowly; by then they are on their way. */
const restoreTimeoutMs = 10_000;
const garbageEveryMs = 60 * 60 * 1000;

async function main(): Promise<void> {
  const string = { type: "string" } as const;
  const { values } = parseArgs({ options: { "state-dir": string, "launched-at": string } });
  const stateDir = resolveStateDir(values["state-dir"]);
  process.umask(0o077);
  // Whoever starts this process made the folder; one that is gone by now is not wanted any more.
  chmodSync(stateDir, 0o700);
  const release = acquireLock(stateDir);
  // On a busy machine seconds lie between the launch and this process's own beginning.
  const launchedAt = Number(values["launched-at"] ?? performance.timeOrigin);
  if (release === undefined || wasStoppedSince(stateDir, launchedAt)) return;
  const store = new Store(stateDir);
  const blobs = new Blobs(stateDir);
  let restored: Promise<void> | undefined;
  const engine: Engine = new Engine(stateDir, () => (restored = apps.reconcile()));
  const apps = new Apps(store, blobs, engine);
  const servers: Server[] = [];
  let isEnding = false;
  const shutdown = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
    await engine.stop();
    noteStop(stateDir);
    for (const end of ["control", "engine"] as const) rmSync(socketPath(stateDir, end), { force: true });
    rmSync(shortSocketFolder(stateDir), { recursive: true, force: true });
    store.close();
    release();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void shutdown());

  await engine.start();
  await Promise.race([restored?.catch(() => undefined), sleep(restoreTimeoutMs, undefined, { ref: false })]);
  const server = await serveControl({
    stateDir,
    apps,
    blobs,
    status: async () => ({
      version: packageVersion(),
      stateDir,
      controlPid: process.pid,
      enginePid: await engine.pid(),
      apps: apps.list().length,
    }),
    shutdown: () => void shutdown(),
  });
  servers.push(server);
  collectGarbage(store, blobs);
  setInterval(() => collectGarbage(store, blobs), garbageEveryMs).unref();
}

/** Uploads whose deployment never came, also on a host where nothing else is deployed. */
function collectGarbage(store: Store, blobs: Blobs): void {
  blobs.collectGarbage(store.referencedBlobs()).catch((error: unknown) => console.error(error));
}

function packageVersion(): string {
  for (const up of ["../../package.json", "../../../package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8")) as { version: string }).version;
    } catch {
      // from dist the package is one folder further up
    }
  }
  return "unknown";
}

main().catch((thrown: unknown) => {
  const error = storageError(thrown, "the host's folder");
  console.error(error);
  // The last line is for who started this process: start-host.ts reads it.
  console.error(JSON.stringify({ error: toAdminError(error) }));
  process.exit(1);
});
