import { readFile } from "node:fs/promises";
import { isSpinError } from "../../model/errors/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import { inspectWasm, type WasmSummary } from "../../model/wasm/index.ts";

/** The bill of materials of an application whose binaries are files here. `fileOf` gives the file of a digest. */
export async function sbomOf(
  lockedApp: LockedApp,
  fileOf: (digest: string) => string | undefined,
): Promise<Uint8Array> {
  const digests = lockedApp.components.flatMap((it) => {
    const { source, dependencies = {}, trigger_dependencies: byRole = {} } = it;
    const others = [...Object.values(dependencies), ...Object.values(byRole).flat()];
    return [source, ...others.map((other) => other.source)].flatMap(({ digest }) => digest ?? []);
  });
  const summaries = new Map<string, WasmSummary>();
  // One after the other: binaries may be large, and only their summaries are kept.
  for (const digest of new Set(digests)) {
    const file = fileOf(digest);
    const summary = file === undefined ? undefined : await summaryOf(file);
    if (summary !== undefined) summaries.set(digest, summary);
  }
  // Loaded when it is needed: it takes as long as the rest of a push.
  const { cycloneDxSbom } = await import("../../model/sbom/index.ts");
  return cycloneDxSbom({ lockedApp, summaries });
}

/** A source that is text, which Spin takes too, says nothing of its tools. */
async function summaryOf(file: string): Promise<WasmSummary | undefined> {
  try {
    return inspectWasm(await readFile(file));
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}
