import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../model/json.ts";
import { makePlan } from "./link.ts";
import { type LinkPlan, planFormat } from "./plan/link-plan.ts";

/**
 * Plans a component, or reads what an earlier run wrote to `<cacheDir>/<key>.plan.json`. The key is the component's digest,
 * the plan's format and the functions that wait: a pure function of the input, so processes may share the directory.
 */
export async function loadPlan(
  cacheDir: string,
  digest: string,
  bytes: Uint8Array,
  waitingImports: readonly string[],
): Promise<LinkPlan> {
  const key = createHash("sha256")
    .update(canonicalJson([digest, planFormat, [...waitingImports]]))
    .digest("hex");
  const path = join(cacheDir, `${key}.plan.json`);
  const found = await readPlan(path);
  if (found !== undefined) return found;
  const plan = makePlan(bytes, waitingImports);
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(cacheDir, { recursive: true });
  try {
    await writeFile(temporary, JSON.stringify(plan));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return plan;
}

/** `undefined` when there is none, or none that can be read: then it is made anew. */
async function readPlan(path: string): Promise<LinkPlan | undefined> {
  try {
    const plan = JSON.parse(await readFile(path, "utf8")) as LinkPlan;
    return plan.format === planFormat ? plan : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
