import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliCache } from "./cache.ts";

/** Executables that the CLI looks for beside itself, and the scripts here that stand in for them. */
const standIns = {
  "pulumi-language-nodejs": "language-host.mjs",
  "pulumi-resource-pulumi-nodejs": "dynamic-provider.mjs",
};

/**
 * Puts beside a CLI that we built what an official installation has there: the language host for Node and the
 * provider of dynamic resources. Those of an official installation are left alone.
 */
export function placePlugins(cache: CliCache): void {
  if (hasOfficialHost(cache)) return;
  mkdirSync(cache.binDir, { recursive: true });
  for (const [name, script] of Object.entries(standIns)) {
    place(join(cache.binDir, `${name}.mjs`), readFileSync(join(import.meta.dirname, script)));
    place(join(cache.binDir, name), Buffer.from(launcher(name)));
  }
}

/**
 * `exec`, so that the process the CLI starts is the script itself: it is the one the CLI signals and waits
 * for.
 */
function launcher(name: string): string {
  return `#!/bin/sh\nexec node "$(dirname "$0")/${name}.mjs" "$@"\n`;
}

/** The official one is a binary; ours is a script of a few bytes. */
function hasOfficialHost(cache: CliCache): boolean {
  const host = join(cache.binDir, "pulumi-language-nodejs");
  return existsSync(host) && readFileSync(host).subarray(0, 2).toString() !== "#!";
}

/** Writes an executable when it is missing or different, in one step: another run may be starting it. */
function place(file: string, content: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(content)) return;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
}
