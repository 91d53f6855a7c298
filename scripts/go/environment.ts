/** What a build with Go needs: the go command, space, and an environment that leaves nothing outside the build folder. */
import { mkdirSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { Failure } from "../bootstrap/failure.mjs";
import { findExecutable, isAtLeast } from "../executable.ts";

export interface GoBuild {
  /** Go's module and build caches, while a build lasts. */
  buildDir: string;
  /** What is built, for messages: `the Pulumi CLI`. */
  what: string;
  spaceNeededBytes: number;
  /** Said after how to install Go: another way to have it. */
  otherWay?: string;
}

/** Go fetches a newer tool chain by itself from this version on. */
const oldestGo = "1.21";

function waysOut({ otherWay }: GoBuild): string {
  const go = "Go 1.21 or newer (https://go.dev/dl; on Debian and Ubuntu: apt-get install golang-go)";
  const ways = otherWay === undefined ? `Install ${go}` : `Either ${otherWay}, or install ${go}`;
  return `${ways}; then run the command again.`;
}

/** The go command and the environment to run it in. Throws a Failure when there is none, or too little space. */
export async function prepareGo(
  build: GoBuild,
  environment: NodeJS.ProcessEnv,
): Promise<{ go: string; env: NodeJS.ProcessEnv }> {
  const go = await requireGo(build, environment);
  mkdirSync(build.buildDir, { recursive: true });
  requireSpace(build);
  return { go, env: goEnvironment(build, environment) };
}

async function requireGo(build: GoBuild, environment: NodeJS.ProcessEnv): Promise<string> {
  const go = findExecutable("go", environment);
  if (go === undefined)
    throw new Failure(`There is no Go on this machine to build ${build.what} with.`, waysOut(build));
  const { stdout } = await execa(go, ["version"], {
    reject: false,
    env: { GOTOOLCHAIN: "local", ...telemetryFolder(build) },
  });
  const version = / go(\d+\.\d+(?:\.\d+)?)/.exec(stdout ?? "")?.[1];
  if (version !== undefined && isAtLeast(version, oldestGo)) return go;
  throw new Failure(
    `${go} is Go ${version ?? "of an unknown version"}, too old to build ${build.what} with.`,
    waysOut(build),
  );
}

function requireSpace({ buildDir, what, spaceNeededBytes, otherWay }: GoBuild): void {
  const { bavail, bsize } = statfsSync(buildDir);
  const freeBytes = bavail * bsize;
  if (freeBytes >= spaceNeededBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const other = otherWay === undefined ? "" : `, or ${otherWay}`;
  throw new Failure(
    `${buildDir} has ${gigabytes(freeBytes)} of free space; building ${what} needs ${gigabytes(spaceNeededBytes)} for a while.`,
    `Free some space, or set XDG_CACHE_HOME to a folder on a bigger disk${other}.`,
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
function telemetryFolder(build: GoBuild): NodeJS.ProcessEnv {
  return { XDG_CONFIG_HOME: join(build.buildDir, "config") };
}

/** Nothing from the shell changes what is built, and nothing is left outside the build folder. */
function goEnvironment(build: GoBuild, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("GO") || /^GO(?:PROXY|NOPROXY|ROOT|TOOLCHAIN|SUMDB|INSECURE)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    CGO_ENABLED: "0",
    GOENV: userGoSettings(environment),
    GOWORK: "off",
    GOFLAGS: "-mod=readonly -modcacherw",
    GOPATH: join(build.buildDir, "path"),
    GOMODCACHE: join(build.buildDir, "modules"),
    GOCACHE: join(build.buildDir, "objects"),
    ...telemetryFolder(build),
  };
}
