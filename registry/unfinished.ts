/**
 * Files of a content cache that are not whole yet: beside the name they will have, with their owner's in theirs. What a
 * process that was killed left is taken over by whoever wants the same content, or goes in time.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** Caches are shared between machines and containers, whose processes cannot be told apart by number alone. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
/** Of nobody who runs: it was given up. */
const nobody = 0;
/** Less is fetched again as quickly. */
const worthKeepingBytes = 256 * 1024;
const dayMs = 86_400_000;

export function unfinishedPath(path: string): string {
  return nameFor(path, process.pid);
}

/** Keeps what came so far for another try; what is too little goes. */
export async function giveUp(unfinished: string, path: string): Promise<void> {
  if (((await sizeOf(unfinished)) ?? 0) < worthKeepingBytes) await rm(unfinished, { force: true });
  else await rename(unfinished, nameFor(path, nobody));
}

/** Makes the most that anybody left of this content ours, and gives its size; 0 where there is nothing. */
export async function takeOver(path: string, unfinished: string): Promise<number> {
  const left = (await entries(dirname(path))).filter((it) => it.content === basename(path) && it.isLeft);
  const sizes = await Promise.all(left.map(async (it) => [it, (await sizeOf(it.path)) ?? 0] as const));
  for (const [it, sizeBytes] of sizes.sort(([, a], [, b]) => b - a)) {
    if (sizeBytes < worthKeepingBytes) break;
    try {
      await rename(it.path, unfinished);
      return sizeBytes;
    } catch {
      // Somebody else took it over.
    }
  }
  return 0;
}

/** Removes what nobody will go on with: too little, too old, or whole by now; of other machines only what is old. */
export async function sweep(folder: string): Promise<void> {
  const all = await readdir(folder);
  const whole = new Set(all);
  for (const { path, content, isLeft, isForeign } of await entries(folder)) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) continue;
    const isOld = Date.now() - found.mtimeMs > dayMs;
    const isUseless = found.size < worthKeepingBytes || whole.has(content) || isOld;
    if (isForeign ? isOld : isLeft && isUseless) await rm(path, { force: true });
  }
}

interface Entry {
  path: string;
  /** The name that it would have. */
  content: string;
  /** Nobody on this machine goes on with it. */
  isLeft: boolean;
  isForeign: boolean;
}

async function entries(folder: string): Promise<Entry[]> {
  return (await readdir(folder)).flatMap((name) => {
    const [, content, owner, pid] = /^([0-9a-f]{64})\.([0-9a-f]{8})\.(\d+)\./.exec(name) ?? [];
    if (content === undefined) return [];
    const isForeign = owner !== machine;
    const isLeft = !isForeign && !isRunning(Number(pid));
    return [{ path: join(folder, name), content, isLeft, isForeign }];
  });
}

function nameFor(path: string, pid: number): string {
  return `${path}.${machine}.${pid}.${randomUUID()}`;
}

function isRunning(pid: number): boolean {
  if (pid === nobody) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
