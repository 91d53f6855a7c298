import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { SourceDefinition } from "../../model/definition.ts";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { digestOf } from "../../model/digest.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import type { RemoteComponent } from "../../registry/fetch-component.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
import { describeBuild } from "./commands.ts";
import type { BuildInputs } from "./inputs.ts";
import { recordedDigest } from "./record.ts";

export interface Binary {
  /** `sha256:<hex>` of the bytes. */
  digest: string;
  sizeBytes: number;
  /** WIT interfaces, sorted. */
  imports: string[];
  exports: string[];
}

/** The binary that these sources gave before on this machine, when it still is in its place. */
export async function findBinary(
  projectDir: string,
  inputs: BuildInputs,
  sourceHash: string,
): Promise<Binary | undefined> {
  if (typeof inputs.source !== "string") {
    const { digest, url } = remoteOf(inputs.source);
    const bytes = await new ContentCache().read(digest);
    return bytes === undefined ? undefined : inspect(bytes, url);
  }
  if (inputs.build === undefined) return loadBinary(projectDir, inputs);
  const digest = await recordedDigest(sourceHash);
  if (digest === undefined) return undefined;
  try {
    const binary = await loadBinary(projectDir, inputs);
    return binary.digest === digest ? binary : undefined;
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}

/** Reads and inspects the binary; ERR_SPIN_COMPONENT_* when it is not there or is no WebAssembly. */
export async function loadBinary(projectDir: string, inputs: BuildInputs): Promise<Binary> {
  const { source } = inputs;
  const title = typeof source === "string" ? source : remoteOf(source).url;
  return inspect(await readBinary(projectDir, inputs), title);
}

/** Where a source is fetched from. ERR_SPIN_COMPONENT_PACKAGE for a package, whose digest nobody says. */
export function remoteOf(source: Exclude<SourceDefinition, string>): RemoteComponent {
  if ("url" in source) return source;
  const message = `The source is the package ${source.package}, version ${source.version}, which cannot be fetched yet.`;
  throw new SpinError("ERR_SPIN_COMPONENT_PACKAGE", message, { path: "source" });
}

function inspect(bytes: Uint8Array, title: string): Binary {
  try {
    const { imports, exports } = inspectWasm(bytes);
    return { digest: digestOf(bytes), sizeBytes: bytes.length, imports, exports };
  } catch (error) {
    if (!isSpinError(error)) throw error;
    throw new SpinError(error.code, `${title}: ${error.message}`, {
      path: "source",
      hint: error.hint,
      cause: error,
    });
  }
}

/** The bytes, fetched when the source is a URL: from the content cache, or verified on their way into it. */
export async function readBinary(
  projectDir: string,
  { componentId, source, build }: BuildInputs,
): Promise<Buffer> {
  if (typeof source !== "string") {
    // The HTTP client costs a tenth of a second to load, and most programs fetch nothing.
    const { fetchComponent } = await import("../../registry/fetch-component.ts");
    return fetchComponent(remoteOf(source));
  }
  try {
    return await readFile(resolve(projectDir, source));
  } catch (error) {
    const hint =
      build === undefined
        ? "Build it first, or give the component `build: { command, watch }`."
        : `Its build is \`${describeBuild(build)}\`: does that write to this path?`;
    throw new SpinError(
      "ERR_SPIN_COMPONENT_MISSING",
      `Component "${componentId}" has no file at ${source}.`,
      {
        path: "source",
        hint,
        cause: error,
      },
    );
  }
}
