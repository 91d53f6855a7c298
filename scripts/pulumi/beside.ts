import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { CliCache } from "./cache.ts";

/** Executables that the CLI looks for beside itself, and how the scripts here that stand in for them are started. */
const standIns = {
  "pulumi-language-nodejs": "languages/host.mjs nodejs",
  "pulumi-language-python": "languages/host.mjs python",
  "pulumi-language-go": "languages/host.mjs go",
  "pulumi-resource-pulumi-nodejs": "dynamic-provider.mjs",
};

/**
 * Puts beside a CLI that we built what an official installation has there: language hosts and the provider of dynamic
 * resources. Those of an official installation are left alone.
 */
export function placePlugins(cache: CliCache): void {
  if (hasOfficialHosts(cache)) return;
  mkdirSync(join(cache.binDir, "languages"), { recursive: true });
  for (const file of ["dynamic-provider.mjs", ...languageFiles()])
    place(join(cache.binDir, file), readFileSync(join(import.meta.dirname, file)));
  for (const [name, command] of Object.entries(standIns))
    place(join(cache.binDir, name), Buffer.from(launcher(command)));
}

function languageFiles(): string[] {
  return readdirSync(join(import.meta.dirname, "languages"))
    .filter((name) => /\.(?:mjs|py)$/.test(name))
    .map((name) => join("languages", name));
}

/**
 * `exec`, so that the process the CLI starts is the script itself: it is the one the CLI signals and waits
 * for.
 */
function launcher(command: string): string {
  return `#!/bin/sh\nexec node "$(dirname "$0")"/${command} "$@"\n`;
}

/** The official ones are binaries; ours are scripts of a few bytes. */
export function hasOfficialHosts(cache: CliCache): boolean {
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
