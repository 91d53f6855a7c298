import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { TargetName } from "../../model/capability/index.ts";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { inspectManifest, renderInspection } from "../../model/inspection/index.ts";
import { inspectWasm, type WasmSummary } from "../../model/wasm/index.ts";
import { readBinaries } from "../../registry/local-content/index.ts";
import type { Command, Result } from "../command.ts";
import { describeBinary } from "../describe-binary.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { asReference, inspectReference } from "../registry/inspect-reference.ts";
import { registryFlags, registryUsage } from "../registry/open-registries.ts";
import { targetsOf } from "../target-option.ts";

export const inspect: Command = {
  name: "inspect",
  usage: "FILE.wasm|spin.toml|REFERENCE [--target TARGET]",
  summary:
    "Shows what a binary imports and exports; of a spin.toml or an artifact, what its components may do and could ask for.",
  details: `
Of an artifact in a registry only what is needed is read, binaries in parts. ${registryUsage}

--target TARGET    With a spin.toml or an artifact: what keeps it from running there. Several, with commas between them:
                   spin-up@4.0, spinkube, akamai-functions, fermyon-cloud, bundled-host …`,
  arguments: 1,
  ...registryFlags,
  options: [...registryFlags.options, "target"],
  async run(line) {
    const [file = ""] = line.arguments;
    const targets = targetsOf(line);
    const found = await stat(file).catch(() => undefined);
    const reference = found === undefined ? asReference(file) : undefined;
    if (reference !== undefined) return inspectReference(line, reference, targets);
    if (found?.isDirectory() === true || extname(file) === ".toml") return inspectFile(file, targets);
    return inspectBinary(file);
  },
};

async function inspectFile(file: string, targets: readonly TargetName[] | undefined): Promise<Result> {
  const { manifest, root } = await readManifestFile(file);
  const inspection = inspectManifest(manifest, await readBinaries(manifest, root), targets);
  return { data: inspection, text: renderInspection(inspection) };
}

async function inspectBinary(file: string): Promise<Result> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SpinError("ERR_SPIN_COMPONENT_MISSING", `${file} cannot be read.`, {
      cause,
      hint: "Give the path of a .wasm file or of a spin.toml.",
    });
  });
  const summary = inspected(bytes, file);
  return { data: summary, text: describeBinary(summary) };
}

function inspected(bytes: Uint8Array, file: string): WasmSummary {
  try {
    return inspectWasm(bytes);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    throw new SpinError(error.code, `${file}: ${error.message}`, { hint: error.hint, cause: error });
  }
}
