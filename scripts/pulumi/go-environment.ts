/** What a build with Go needs: the go command, space, and an environment that leaves nothing outside the build folder. */
import { mkdirSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { Failure } from "../bootstrap/failure.mjs";
import type { CliCache } from "./cache.ts";
import { findExecutable, isAtLeast } from "./on-path.ts";

/** Go fetches a newer tool chain by itself from this version on. */
const oldestGo = "1.21";
const spaceNeededBytes = 4e9;

const waysOut =
  "Either install Pulumi (https://www.pulumi.com/docs/install), or install Go 1.21 or newer (https://go.dev/dl; on " +
  "Debian and Ubuntu: apt-get install golang-go); then run the command again.";

/** The go command and the environment to run it in. Throws a Failure when there is none, or too little space. */
export async function prepareGo(
  cache: CliCache,
  environment: NodeJS.ProcessEnv,
): Promise<{ go: string; env: NodeJS.ProcessEnv }> {
  const go = await requireGo(cache, environment);
  mkdirSync(cache.buildDir, { recursive: true });
  requireSpace(cache.buildDir);
  return { go, env: goEnvironment(cache, environment) };
}

async function requireGo(cache: CliCache, environment: NodeJS.ProcessEnv): Promise<string> {
  const go = findExecutable("go", environment);
  if (go === undefined)
    throw new Failure("There is no Pulumi CLI on this machine, and no Go to build one with.", waysOut);
  const { stdout } = await execa(go, ["version"], {
    reject: false,
    env: { GOTOOLCHAIN: "local", ...telemetryFolder(cache) },
  });
  const version = / go(\d+\.\d+(?:\.\d+)?)/.exec(stdout ?? "")?.[1];
  if (version !== undefined && isAtLeast(version, oldestGo)) return go;
  throw new Failure(
    `${go} is Go ${version ?? "of an unknown version"}, too old to build the Pulumi CLI with.`,
    waysOut,
  );
}

function requireSpace(dir: string): void {
  const { bavail, bsize } = statfsSync(dir);
  const freeBytes = bavail * bsize;
  if (freeBytes >= spaceNeededBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Failure(
    `${dir} has ${gigabytes(freeBytes)} of free space; building the Pulumi CLI needs ${gigabytes(spaceNeededBytes)} for a while.`,
    "Free some space, or set XDG_CACHE_HOME to a folder on a bigger disk, or install Pulumi (https://www.pulumi.com/docs/install).",
  );
}

/**
 * Where the person keeps settings of Go, such as a proxy: read from there although the rest is kept apart. The path is
 * that of `go env GOENV`, which cannot be asked without leaving a telemetry folder in the person's home.
 */
function userGoSettings(environment: NodeJS.ProcessEnv): string {
  const home = environment["HOME"] ?? homedir();
  const folder =
    process.platform === "darwin"
      ? join(home, "Library", "Application Support")
      : environment["XDG_CONFIG_HOME"] || join(home, ".config");
  return environment["GOENV"] || join(folder, "go", "env");
}

/** Go keeps its telemetry under the user's configuration folder. */
function telemetryFolder(cache: CliCache): NodeJS.ProcessEnv {
  return { XDG_CONFIG_HOME: join(cache.buildDir, "config") };
}

/** Nothing from the shell changes what is built, and nothing is left outside the build folder. */
function goEnvironment(cache: CliCache, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("GO") || /^GO(?:PROXY|NOPROXY|ROOT|TOOLCHAIN|SUMDB|INSECURE)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    CGO_ENABLED: "0",
    GOENV: userGoSettings(environment),
    GOWORK: "off",
    GOFLAGS: "-mod=readonly -modcacherw",
    GOPATH: join(cache.buildDir, "path"),
    GOMODCACHE: join(cache.buildDir, "modules"),
    GOCACHE: join(cache.buildDir, "objects"),
    ...telemetryFolder(cache),
  };
}
