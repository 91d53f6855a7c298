import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "undici";
import type { LockedApp } from "../../model/locked-app/index.ts";
import { userCache } from "../../registry/user-cache.ts";
import { App } from "../engine/app.ts";
import { defaultMemoryBudget } from "../engine/limits.ts";
import { MemoryBudget } from "../engine/pool/memory-budget.ts";
import type { OnLog } from "../factors/logs/app-logs.ts";

export interface ServeOptions {
  lockedApp: LockedApp;
  /** Digest → file of each binary. Its bytes are verified when they are loaded. */
  files: ReadonlyMap<string, string>;
  /** Where data and logs go, by Spin's names; usually `.spin` beside the manifest. */
  directory: string;
  /** `host:port` */
  listen: string;
  variables: Record<string, string>;
  onLog?: OnLog;
}

export interface ServedApp {
  /** The bound `host:port`. */
  address: string;
  /** Accepts nothing new, and resolves when the requests under way are answered. */
  close(): Promise<void>;
}

/** Serves an app in this process, as one of a host's. The codes of failures are the host's, ERR_SPIN_RUNTIME_*. */
export async function serveApp(options: ServeOptions): Promise<ServedApp> {
  const { lockedApp, files, directory, listen, variables, onLog } = options;
  const blobsDir = await mkdtemp(join(tmpdir(), "pulumi-spin-up-"));
  const dispatcher = new Agent({ allowH2: false, connect: { timeout: 0 } });
  const app = new App({
    name: lockedApp.metadata["name"] as string,
    directory,
    blobsDir,
    cacheDir: userCache("linked"),
    dispatcher,
    memory: new MemoryBudget(defaultMemoryBudget()),
    onLog,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await dispatcher.destroy();
  };
  try {
    await linkBlobs(blobsDir, files);
    await app.prepare(1, { lockedApp, listen, variables });
    return { address: await app.activate(1), close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    // Everything is loaded, or never will be.
    await rm(blobsDir, { recursive: true, force: true });
  }
}

async function linkBlobs(blobsDir: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(join(blobsDir, "sha256"));
  for (const [digest, file] of files)
    await symlink(file, join(blobsDir, "sha256", digest.slice("sha256:".length)));
}
