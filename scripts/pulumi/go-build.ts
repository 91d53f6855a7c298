/**
 * Builds the Pulumi CLI from the Go module proxy, for machines that reach package registries only. Versions
 * and sums are pinned in go.mod and go.sum beside this file. Go's caches live in the build folder, so a build
 * that was interrupted goes on where it was; they are deleted when the CLI is there (3 GB).
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { Failure } from "../bootstrap/failure.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { type CliCache, pinnedVersion } from "./cache.ts";
import { runGo } from "./go.ts";
import { findExecutable, isAtLeast } from "./on-path.ts";

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const tags = "osusergo,grpcnotrace";
/** Go fetches a newer tool chain by itself from this version on. */
const oldestGo = "1.21";
const spaceNeededBytes = 4e9;

const waysOut =
  "Either install Pulumi (https://www.pulumi.com/docs/install), or install Go 1.21 or newer (https://go.dev/dl; on " +
  "Debian and Ubuntu: apt-get install golang-go); then run the command again.";

/** Builds `cache.cli`. Throws a Failure when Go or space is missing or the build fails. */
export async function buildCli(cache: CliCache, environment: NodeJS.ProcessEnv): Promise<void> {
  const go = await requireGo(cache, environment);
  mkdirSync(cache.buildDir, { recursive: true });
  requireSpace(cache.buildDir);
  const env = goEnvironment(cache, environment);
  const progress = startProgress(`Building Pulumi ${pinnedVersion} with Go, once, in a few minutes`);
  try {
    const packages = await listPackages(go, env, (text) => progress.update(text));
    const draft = join(cache.buildDir, "pulumi");
    await compile(go, env, {
      draft,
      cache,
      total: packages.length,
      onProgress: (text) => progress.update(text),
    });
    mkdirSync(cache.binDir, { recursive: true });
    renameSync(draft, cache.cli);
    progress.update("deleting Go's caches of the build");
    rmSync(cache.buildDir, { recursive: true, force: true });
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/** Downloads the modules that the CLI needs, and lists the packages that will be compiled. */
async function listPackages(
  go: string,
  env: NodeJS.ProcessEnv,
  onProgress: (text: string) => void,
): Promise<string[]> {
  const total = modulesIn(readFileSync(join(import.meta.dirname, "go.sum"), "utf8"));
  let downloaded = 0;
  const output = await runGo(go, ["list", "-deps", "-tags", tags, cliPackage], {
    cwd: import.meta.dirname,
    env,
    onStderrLine: (line) => {
      if (line.startsWith("go: downloading ")) downloaded++;
      onProgress(`${Math.min(downloaded, total)} of ${total} modules downloaded`);
    },
  });
  return output.split("\n").filter((line) => line !== "");
}

interface Compilation {
  draft: string;
  cache: CliCache;
  total: number;
  onProgress: (text: string) => void;
}

async function compile(
  go: string,
  env: NodeJS.ProcessEnv,
  { draft, cache, total, onProgress }: Compilation,
): Promise<void> {
  // Go prints a package only when it compiles it, so what an interrupted build did is counted from this list.
  const record = join(cache.buildDir, "compiled");
  const compiled = new Set(existsSync(record) ? readFileSync(record, "utf8").split("\n") : []);
  const linkerFlags = `-s -w -X ${versionVariable}=${pinnedVersion}`;
  await runGo(
    go,
    ["build", "-v", "-trimpath", "-tags", tags, "-ldflags", linkerFlags, "-o", draft, cliPackage],
    {
      cwd: import.meta.dirname,
      env,
      onStderrLine: (line) => {
        if (line.startsWith("go: ") || line.includes(" ")) return;
        compiled.add(line);
        appendFileSync(record, `${line}\n`);
        onProgress(
          line === cliPackage ? "linking" : `${Math.min(compiled.size, total)} of ${total} packages compiled`,
        );
      },
    },
  );
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

/** go.sum has two lines for a module whose packages are used, and one, of its go.mod, for the others. */
function modulesIn(goSum: string): number {
  return goSum.split("\n").filter((line) => line !== "" && !line.includes("/go.mod ")).length;
}
