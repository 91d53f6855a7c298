/** The registry of go-containerregistry, which `crane registry serve` runs, with its referrers API switched on: built once. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../bootstrap/lock.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { prepareGo } from "../go/environment.ts";
import { runGo } from "../go/run.ts";
import { userCache } from "../user-cache.ts";

const sources = ["go.mod", "go.sum", "main.go"];

/** The path of the program in the user's cache. Throws a Failure when Go or space is missing or the build fails. */
export async function referrersRegistryProgram(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const folder = join(userCache(environment), "registry");
  const program = join(folder, fingerprint(), "registry");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  return withLock(join(folder, "lock"), "the build of a registry", async () => {
    if (!existsSync(program)) await build(program, join(folder, "build"), environment);
    return program;
  });
}

async function build(program: string, buildDir: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const what = "a registry with the referrers API";
  const { go, env } = await prepareGo({ buildDir, what, spaceNeededBytes: 1e9 }, environment);
  const progress = startProgress(`Building ${what} with Go, once, in half a minute`);
  try {
    const draft = join(buildDir, "registry");
    await runGo(go, ["build", "-v", "-trimpath", "-ldflags", "-s -w", "-o", draft, "."], {
      cwd: import.meta.dirname,
      env,
      onStderrLine: (line) => progress.update(line.replace(/^go: /, "")),
    });
    mkdirSync(join(program, ".."), { recursive: true });
    renameSync(draft, program);
    rmSync(buildDir, { recursive: true, force: true });
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/** Other sources are another program. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest("hex").slice(0, 16);
}
