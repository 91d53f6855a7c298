/**
 * Finds the Pulumi CLI, or gets it. The order: PATH, our cache, the official installer, a build from the Go
 * module proxy.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../bootstrap/lock.mjs";
import { placePlugins } from "./beside.ts";
import { cachedCli, type CliCache, cliCache } from "./cache.ts";
import { buildCli } from "./go-build.ts";
import { isInstallerReachable, runInstaller } from "./installer.ts";
import { buildLanguageTools, hasLanguageTools } from "./language-tools.ts";
import { findOnPath } from "./on-path.ts";

export interface PulumiCli {
  /** The folder with `pulumi` and its language host. */
  binDir: string;
  path: string;
  version: string;
  origin: "PATH" | "cache" | "installer" | "build";
}

export interface FindCliOptions {
  /** Told what was found and passed over; standard error unless given. */
  say?: (line: string) => void;
  environment?: NodeJS.ProcessEnv;
  /** Programs in YAML, Python and Go shall run as well, and their SDKs be generated. Default: false. */
  languages?: boolean;
}

/** Finds the CLI without getting it; undefined when the machine has none that can be used. */
export async function findCli(options: FindCliOptions = {}): Promise<PulumiCli | undefined> {
  const { say = toStderr, environment = process.env } = options;
  return (await findOnPath(environment, say)) ?? (await fromCache(cliCache(environment)));
}

/**
 * Finds the CLI, or installs or builds it into the user's cache, which takes minutes once. Throws a Failure
 * with the ways out when neither can be done.
 */
export async function ensureCli(options: FindCliOptions = {}): Promise<PulumiCli> {
  const { say = toStderr, environment = process.env, languages = false } = options;
  const cache = cliCache(environment);
  const isEnough = ({ origin }: PulumiCli): boolean =>
    !languages || origin === "PATH" || hasLanguageTools(cache);
  const found = await findCli(options);
  if (found !== undefined && isEnough(found)) return found;
  mkdirSync(cache.root, { recursive: true });
  return withLock(join(cache.root, "lock"), "getting the Pulumi CLI", async () => {
    const cli = (await fromCache(cache)) ?? (await get(cache, environment, say));
    if (!isEnough(cli)) await buildLanguageTools(cache, environment);
    rmSync(cache.buildDir, { recursive: true, force: true });
    return cli;
  });
}

async function get(
  cache: CliCache,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<PulumiCli> {
  if (await isInstallerReachable()) {
    if (await runInstaller(cache, say)) return requireCached(cache, "installer");
  } else {
    say("The official installer of Pulumi cannot be reached from here; the CLI will be built with Go.");
  }
  await buildCli(cache, environment);
  return requireCached(cache, "build");
}

async function fromCache(cache: CliCache): Promise<PulumiCli | undefined> {
  const version = await cachedCli(cache);
  if (version === undefined) return undefined;
  placePlugins(cache);
  return { binDir: cache.binDir, path: cache.cli, version, origin: "cache" };
}

async function requireCached(cache: CliCache, origin: "installer" | "build"): Promise<PulumiCli> {
  const cli = await fromCache(cache);
  if (cli === undefined) throw new Error(`${cache.cli} does not run although it was just made`);
  return { ...cli, origin };
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
