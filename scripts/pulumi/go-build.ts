/**
 * Builds the Pulumi CLI from the Go module proxy, for machines that reach package registries only. Versions
 * and sums are pinned in go.mod and go.sum beside this file. Go's caches live in the build folder, so a build
 * that was interrupted goes on where it was; whoever builds deletes them at the end (3 GB).
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { startProgress } from "../bootstrap/progress.mjs";
import { prepareGo } from "../go/environment.ts";
import { runGo } from "../go/run.ts";
import { type CliCache, goBuild, pinnedVersion } from "./cache.ts";

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const tags = "osusergo,grpcnotrace";
/** Builds `cache.cli`. Throws a Failure when Go or space is missing or the build fails. */
export async function buildCli(cache: CliCache, environment: NodeJS.ProcessEnv): Promise<void> {
  const { go, env } = await prepareGo(goBuild(cache), environment);
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

/** go.sum has two lines for a module whose packages are used, and one, of its go.mod, for the others. */
function modulesIn(goSum: string): number {
  return goSum.split("\n").filter((line) => line !== "" && !line.includes("/go.mod ")).length;
}
