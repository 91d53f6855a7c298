/** The control process: `node main.js --state-dir DIR`. Ends at once with 0 when another one serves this directory. */
import { chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { resolveStateDir, shortSocketFolder, socketPath } from "../admin/paths.ts";
import { Apps } from "./apps.ts";
import { Blobs } from "./blobs.ts";
import { Engine } from "./engine.ts";
import { acquireLock } from "./lock.ts";
import { serveControl } from "./server.ts";
import { Store } from "./store.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "state-dir": { type: "string" } } });
  const stateDir = resolveStateDir(values["state-dir"]);
  mkdirSync(join(stateDir, "logs"), { recursive: true, mode: 0o700 });
  chmodSync(stateDir, 0o700);
  const release = acquireLock(stateDir);
  if (release === undefined) return;
  const store = new Store(stateDir);
  const blobs = new Blobs(stateDir);
  const engine: Engine = new Engine(stateDir, () => apps.reconcile());
  const apps = new Apps(store, blobs, engine);
  await engine.start();

  const server = await serveControl({
    stateDir,
    apps,
    blobs,
    async status() {
      const enginePid = await engine.status().then(
        ({ pid }) => pid,
        () => undefined,
      );
      return {
        version: packageVersion(),
        stateDir,
        controlPid: process.pid,
        enginePid,
        apps: apps.list().length,
      };
    },
    shutdown: () => void shutdown(),
  });

  async function shutdown(): Promise<void> {
    server.close();
    server.closeIdleConnections();
    await engine.stop();
    for (const process of ["control", "engine"] as const)
      rmSync(socketPath(stateDir, process), { force: true });
    rmSync(shortSocketFolder(stateDir), { recursive: true, force: true });
    store.close();
    release?.();
    process.exit(0);
  }
  process.once("SIGTERM", () => void shutdown());
  process.once("SIGINT", () => void shutdown());
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

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
