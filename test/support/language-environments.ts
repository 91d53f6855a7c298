/** What programs in Python and Go need besides a language host, kept in the user's cache from one run to the next. */
import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { cliCache, pinnedVersion } from "../../scripts/pulumi/cache.ts";

const cacheDir = dirname(dirname(cliCache(process.env).root));
const requirements = [`pulumi==${pinnedVersion.slice(1)}`, "parver", "semver", "setuptools>=77", "wheel"];

/** A virtual environment with Pulumi's SDK, made once for each Python and each list of requirements. */
export async function pythonEnvironment(): Promise<string> {
  const { stdout: python } = await execa("python3", ["-c", "import sys; print(sys.executable, sys.version)"]);
  const key = createHash("sha256")
    .update(JSON.stringify([python, requirements]))
    .digest("hex")
    .slice(0, 16);
  const dir = join(cacheDir, "python", key);
  if (existsSync(join(dir, "complete"))) return dir;
  rmSync(dir, { recursive: true, force: true });
  // Its scripts know their own path, so it is made in place and marked at the end.
  await execa("python3", ["-m", "venv", dir]);
  await execa(join(dir, "bin", "python"), ["-m", "pip", "install", "--quiet", ...requirements]);
  await execa("python3", ["-c", "import sys; open(sys.argv[1], 'w')", join(dir, "complete.new")]);
  renameSync(join(dir, "complete.new"), join(dir, "complete"));
  return dir;
}

/** Installs a generated SDK as a user would, into a folder of its own; for PYTHONPATH. */
export async function installPython(environment: string, sdk: string, target: string): Promise<void> {
  const flags = ["--quiet", "--no-deps", "--no-build-isolation", "--target", target];
  await execa(join(environment, "bin", "python"), ["-m", "pip", "install", ...flags, sdk]);
}

/** Go keeps what it downloaded and compiled in here, by content. */
export function goEnvironment(): NodeJS.ProcessEnv {
  const folder = join(cacheDir, "go");
  return {
    CGO_ENABLED: "0",
    GOFLAGS: "-mod=mod -modcacherw",
    GOPATH: join(folder, "path"),
    GOMODCACHE: join(folder, "modules"),
    GOCACHE: join(folder, "objects"),
    GOWORK: "off",
  };
}
