/** What an artifact is and may do, without fetching it: its manifest, its locked application, an outline of each binary. */
import type { Descriptor } from "../../model/artifact/index.ts";
import { isSpinError } from "../../model/errors/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import { inspectWasm, type WasmSummary } from "../../model/wasm/index.ts";
import type { Repository } from "../client/index.ts";
import { fetchArtifact } from "./read-artifact.ts";
import { wasmOutline } from "./wasm-outline.ts";

export interface InspectedArtifact {
  digest: string;
  /** Bytes of the manifest and of all that it names. */
  sizeBytes: number;
  /** Bytes that were read to know this. */
  readBytes: number;
  /** `undefined` for a package of one component. */
  lockedApp: LockedApp | undefined;
  /**
   * By digest, where they can be read. From an outline: nested binaries are not in it, and, unlike manifest and
   * locked application, no digest vouches for it.
   */
  summaries: ReadonlyMap<string, WasmSummary>;
}

/** Where a registry serves no ranges, or a binary is small, it is read as a whole. */
const smallBytes = 64 * 1024;
const largestBinaryBytes = 512 * 1024 * 1024;

export async function inspectArtifact(repository: Repository, target: string): Promise<InspectedArtifact> {
  const { manifest, parsed, artifact, lockedApp } = await fetchArtifact(repository, target);
  let readBytes = manifest.bytes.length + (lockedApp?.bytes.length ?? 0);
  const digests =
    artifact.kind === "package"
      ? [artifact.component.digest]
      : (lockedApp?.app.components ?? []).flatMap(({ source }) => source.digest ?? []);
  const summaries = new Map<string, WasmSummary>();
  for (const digest of new Set(digests)) {
    const descriptor = parsed.layers.find((it) => it.digest === digest);
    if (descriptor === undefined) continue;
    const { bytes, costBytes } = await outlineOf(repository, descriptor);
    readBytes += costBytes;
    const summary = summaryOf(bytes);
    if (summary !== undefined) summaries.set(digest, { ...summary, sizeBytes: descriptor.size });
  }
  const sizeBytes = [parsed.config, ...parsed.layers].reduce(
    (sum, { size }) => sum + size,
    manifest.bytes.length,
  );
  return { digest: manifest.digest, sizeBytes, readBytes, lockedApp: lockedApp?.app, summaries };
}

async function outlineOf(
  repository: Repository,
  descriptor: Descriptor,
): Promise<{ bytes: Buffer; costBytes: number }> {
  let costBytes = 0;
  if (descriptor.size > smallBytes) {
    const read = async (start: number, length: number): Promise<Buffer> => {
      const part = await repository.blobRange(descriptor, start, length);
      if (part === undefined) throw noRanges;
      costBytes += part.length;
      return part;
    };
    const outline = await wasmOutline(read, descriptor.size).catch((error: unknown) => {
      if (error === noRanges) return undefined;
      throw error;
    });
    if (outline !== undefined) return { bytes: outline, costBytes };
  }
  const bytes = await repository.blobBytes(descriptor, largestBinaryBytes);
  return { bytes, costBytes: costBytes + bytes.length };
}

const noRanges = new Error("The registry serves no ranges.");

/** A binary that cannot be read is shown as such; it does not hide the rest. */
function summaryOf(bytes: Buffer): WasmSummary | undefined {
  try {
    return inspectWasm(bytes);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}
