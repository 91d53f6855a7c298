/**
 * Which binary came of which sources on this machine: one small file for each source hash in the user's cache folder,
 * so that a preview knows a digest without building.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

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
  await mkdir(buildsDir(), { recursive: true });
  await writeFile(unfinished, JSON.stringify({ digest }));
  await rename(unfinished, path);
}

function recordPath(sourceHash: string): string {
  return join(buildsDir(), `${sourceHash.replace(":", "-")}.json`);
}

function buildsDir(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(cache, "pulumi-spin", "builds");
}
