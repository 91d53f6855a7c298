import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { SpinError } from "../../model/errors/index.ts";
import { canonicalJson } from "../../model/json.ts";
import type { CoreLimits } from "../reset/module/limits.ts";
import type { ModulePlan } from "../reset/plan.ts";
import {
  type RewriteOptions,
  type RewrittenModule,
  rewriteModule,
  rewriterVersion,
} from "../reset/rewrite-module.ts";
import type { RewriteResult, RewriteTask } from "./rewrite-worker.ts";
import { siblingModule } from "../sibling-module.ts";

/** Rewriting takes some 60 ms for each megabyte; more than this is done by another thread. */
const largeBytes = 500_000;

/**
 * Rewrites a core module, or reads what an earlier run wrote to `<cacheDir>/<key>.wasm` and `<key>.reset.json`. `of` says
 * which module of which component; with the limits and the rewriter's version it is the key.
 */
export async function loadRewritten(
  cacheDir: string,
  of: string,
  bytes: Uint8Array,
  { memoryBytes, tableElements }: CoreLimits,
): Promise<RewrittenModule> {
  const options: RewriteOptions = { memoryBytes, tableElements, marks: true, checks: true };
  const key = createHash("sha256")
    .update(canonicalJson([of, rewriterVersion, { ...options }]))
    .digest("hex");
  const path = join(cacheDir, key);
  const found = await readRewritten(path);
  if (found !== undefined) return found;
  const rewritten =
    bytes.length > largeBytes ? await inWorker({ bytes, options }) : rewriteModule(bytes, options);
  await mkdir(cacheDir, { recursive: true });
  // The plan comes last: who finds it finds the module too.
  await writeWhole(`${path}.wasm`, rewritten.bytes);
  await writeWhole(`${path}.reset.json`, JSON.stringify(rewritten.plan));
  return rewritten;
}

/** `undefined` when there is none, or none that can be read: then it is made anew. */
async function readRewritten(path: string): Promise<RewrittenModule | undefined> {
  try {
    const plan = JSON.parse(await readFile(`${path}.reset.json`, "utf8")) as ModulePlan;
    return { plan, bytes: new Uint8Array(await readFile(`${path}.wasm`)) };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function inWorker(task: RewriteTask): Promise<RewrittenModule> {
  const worker = new Worker(siblingModule(import.meta.url, "./rewrite-worker"), { workerData: task });
  try {
    const result = await new Promise<RewriteResult>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("the rewriter ended without a result")));
    });
    if ("code" in result) throw new SpinError(result.code, result.message);
    return result;
  } finally {
    await worker.terminate();
  }
}
