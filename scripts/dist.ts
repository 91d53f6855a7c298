/** `npm run build`: compiles the sources into dist/ when they changed since the last time. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Failure } from "./bootstrap/failure.mjs";
import { withLock } from "./bootstrap/lock.mjs";
import { checkout, runDir } from "./bootstrap/paths.mjs";
import { startProgress } from "./bootstrap/progress.mjs";

/** The folders that tsconfig.build.json compiles. */
export const sourceFolders = ["model", "registry", "runtime", "provider", "sdk", "cli"];

const stampName = ".sources";

export async function main(): Promise<number> {
  await buildDist();
  return 0;
}

/**
 * Brings dist/ up to date. The new one takes the old one's place in one step, so that a failed build leaves
 * the old. Throws a Failure with the compiler's own lines.
 */
export async function buildDist(root: string = checkout): Promise<{ built: boolean }> {
  const stamp = hashSources(root);
  if (readStamp(root) === stamp) return { built: false };
  mkdirSync(runDir, { recursive: true });
  return withLock(join(runDir, "dist.lock"), "compiling dist", async () => {
    if (readStamp(root) === stamp) return { built: false };
    await compile(root, stamp);
    return { built: true };
  });
}

async function compile(root: string, stamp: string): Promise<void> {
  const progress = startProgress("Compiling the sources into dist");
  // A compilation that was killed leaves its draft; nobody else has one while the lock is ours.
  for (const name of readdirSync(root).filter((entry) => /^dist\.\d+/.test(entry))) {
    rmSync(join(root, name), { recursive: true, force: true });
  }
  const draft = join(root, `dist.${process.pid}`);
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", "tsconfig.build.json", "--outDir", draft, "--noEmitOnError"];
  const { exitCode, all } = await execa(process.execPath, args, { cwd: root, all: true, reject: false });
  if (exitCode !== 0) {
    rmSync(draft, { recursive: true, force: true });
    progress.fail();
    throw new Failure(
      `${all}\n\nThe sources do not compile.`,
      "Correct the places named above and run the command again.",
    );
  }
  writeFileSync(join(draft, stampName), stamp);
  const former = `${draft}.former`;
  if (existsSync(join(root, "dist"))) renameSync(join(root, "dist"), former);
  renameSync(draft, join(root, "dist"));
  rmSync(former, { recursive: true, force: true });
  progress.done();
}

function readStamp(root: string): string | undefined {
  const file = join(root, "dist", stampName);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Names and contents of everything the compiler reads here; dependencies are in package-lock.json. */
function hashSources(root: string): string {
  const hash = createHash("sha256");
  const files = sourceFolders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [],
  );
  const settings = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"].map((name) =>
    join(root, name),
  );
  for (const file of [...files.sort(), ...settings])
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}
