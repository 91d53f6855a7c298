/**
 * Which binary came of which sources on this machine: one small file for each source hash in the user's cache folder,
 * so that a preview knows a digest without building.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { userCache } from "../../registry/user-cache.ts";

export async function recordedDigest(sourceHash: string): Promise<string | undefined> {
  try {
    const { digest } = JSON.parse(await readFile(recordPath(sourceHash), "utf8")) as { digest?: unknown };
    return typeof digest === "string" ? digest : undefined;
  } catch {
    return undefined; // no record, or an unreadable one: the build is due
  }
}

export async function recordDigest(sourceHash: string, digest: string): Promise<void> {
  const path = recordPath(sourceHash);
  const unfinished = `${path}.${process.pid}`;
  await mkdir(userCache("builds"), { recursive: true });
  await writeFile(unfinished, JSON.stringify({ digest }));
  await rename(unfinished, path);
}

function recordPath(sourceHash: string): string {
  return join(userCache("builds"), `${sourceHash.replace(":", "-")}.json`);
}
