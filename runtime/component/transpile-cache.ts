import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { SpinError } from "../../model/errors/index.ts";
import { canonicalJson } from "../../model/json.ts";
import { siblingModule } from "../sibling-module.ts";
import { transpileOptions } from "./transpile-options.ts";
import type { TranspileResult, TranspileTask } from "./transpile-worker.ts";

/** A component as JavaScript and core modules, on disk. */
export interface TranspiledComponent {
  /** Holds `component.mjs` and the core modules that it names. */
  directory: string;
  /** Interfaces without version, for example `wasi:io/poll`. */
  imports: string[];
}

/**
 * Transpiles a component, or finds what an earlier run wrote. The key is the component's digest, the transpiler's version
 * and the options: a pure function of the input, so processes may share the directory.
 * ERR_SPIN_RUNTIME_TRANSPILE when the binary cannot be understood.
 */
export async function loadTranspiled(
  cacheDir: string,
  digest: string,
  bytes: () => Promise<Uint8Array>,
): Promise<TranspiledComponent> {
  const version = await jcoVersion();
  const key = createHash("sha256")
    .update(canonicalJson([digest, version, transpileOptions]))
    .digest("hex");
  const directory = join(cacheDir, key);
  return (
    (await readTranspiled(directory)) ??
    (await writeTranspiled(directory, await transpileInWorker(await bytes())))
  );
}

async function readTranspiled(directory: string): Promise<TranspiledComponent | undefined> {
  try {
    const text = await readFile(join(directory, "imports.json"), "utf8");
    return { directory, imports: JSON.parse(text) as string[] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** All or nothing: the directory appears under its name when it is complete. */
async function writeTranspiled(
  directory: string,
  { files, imports }: Transpiled,
): Promise<TranspiledComponent> {
  const temporary = `${directory}.${randomUUID()}`;
  await mkdir(temporary, { recursive: true });
  try {
    for (const [name, content] of Object.entries(files)) {
      // Declarations come along whatever one asks for.
      if (name.endsWith(".d.ts")) continue;
      await writeFile(join(temporary, name === "component.js" ? "component.mjs" : name), content);
    }
    await writeFile(join(temporary, "imports.json"), JSON.stringify(imports));
    await rename(temporary, directory);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another process was faster: its result is the same.
    const isThere = ["EEXIST", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (!isThere) throw error;
  }
  return { directory, imports };
}

type Transpiled = Extract<TranspileResult, { files: unknown }>;

async function transpileInWorker(bytes: Uint8Array): Promise<Transpiled> {
  const task: TranspileTask = { bytes, options: transpileOptions };
  const worker = new Worker(siblingModule(import.meta.url, "./transpile-worker"), { workerData: task });
  try {
    const result = await new Promise<TranspileResult>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("the transpiler ended without a result")));
    });
    if ("problem" in result) {
      throw new SpinError(
        "ERR_SPIN_RUNTIME_TRANSPILE",
        `The component cannot be read: ${firstLine(result.problem)}`,
      );
    }
    return result;
  } finally {
    await worker.terminate();
  }
}

async function jcoVersion(): Promise<string> {
  const manifest = new URL("../package.json", import.meta.resolve("@bytecodealliance/jco"));
  return (JSON.parse(await readFile(manifest, "utf8")) as { version: string }).version;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
