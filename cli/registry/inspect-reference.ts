import { formatReference, parseReference, type Reference, targetOf } from "../../model/artifact/index.ts";
import type { TargetName } from "../../model/capability/index.ts";
import { type Binaries, inspectManifest, renderInspection } from "../../model/inspection/index.ts";
import { type LockedApp, unlockManifest } from "../../model/locked-app/index.ts";
import { pathTo } from "../../model/toml/index.ts";
import type { WasmSummary } from "../../model/wasm/index.ts";
import { inspectArtifact } from "../../registry/artifact/index.ts";
import { type DescribedAttachment, describeAttached } from "../../registry/signature/index.ts";
import type { CommandLine, Result } from "../command.ts";
import { describeBinary } from "../describe-binary.ts";
import { attachedText } from "./attached-text.ts";
import { withRegistries } from "./open-registries.ts";
import { sizeText } from "./show-progress.ts";

/** Whether a word that is no file means an artifact: it names a registry, a tag or a digest (as `spin up -f` decides). */
export function asReference(word: string): Reference | undefined {
  if (/\.(?:toml|wasm|wat)$/.test(word) || /^[./~]/.test(word)) return undefined;
  const hasRegistry = /^(?:[^/]*[.:][^/]*|localhost)\//.test(word);
  return hasRegistry || /[:@]/.test(word) ? parseReference(word) : undefined;
}

export interface ReferencedApp {
  /** By digest. */
  pinned: string;
  digest: string;
  sizeBytes: number;
  readBytes: number;
  /** `undefined` for a package of one component. */
  app: { lockedApp: LockedApp; binaries: Binaries } | undefined;
  /** Of a package. */
  component: WasmSummary | undefined;
  /** Signatures, bills of materials and what else belongs to it. */
  attached: DescribedAttachment[];
}

/** What an artifact says, with as little read of it as that takes. */
export async function readReference(line: CommandLine, reference: Reference): Promise<ReferencedApp> {
  return withRegistries(line, async (client) => {
    const repository = client.repository(reference, "pull");
    const found = await inspectArtifact(repository, targetOf(reference));
    const { digest, sizeBytes, readBytes, lockedApp, summaries } = found;
    const { tag: _moves, ...name } = reference;
    const pinned = formatReference({ ...name, digest });
    const attached = await describeAttached(repository, digest);
    const facts = { pinned, digest, sizeBytes, readBytes, attached };
    if (lockedApp === undefined) return { ...facts, app: undefined, component: [...summaries.values()][0] };
    const binaries: Binaries = new Map(
      lockedApp.components.map(({ id, source }) => {
        const summary = summaries.get(source.digest ?? "");
        return [
          pathTo("component", id),
          summary === undefined ? { state: "elsewhere" } : { state: "read", summary },
        ];
      }),
    );
    return { ...facts, app: { lockedApp, binaries }, component: undefined };
  });
}

export async function inspectReference(
  line: CommandLine,
  reference: Reference,
  targets: readonly TargetName[] | undefined,
): Promise<Result> {
  const { app, component, ...found } = await readReference(line, reference);
  const { pinned, digest, sizeBytes, readBytes, attached } = found;
  const facts = { reference: pinned, digest, size: sizeBytes, readBytes, attached };
  const size = `${sizeText(sizeBytes)}, of which ${sizeText(readBytes)} were read`;
  const head = `${pinned} (${size})\n${attachedText(attached)}`;
  if (app === undefined) {
    const text = component === undefined ? "one binary that cannot be read" : describeBinary(component);
    return { data: { ...facts, component }, text: `${head}${text}` };
  }
  const { tag: _moves, ...origin } = reference;
  const manifest = unlockManifest(app.lockedApp, formatReference(origin));
  const inspection = inspectManifest(manifest, app.binaries, targets);
  return { data: { ...facts, ...inspection }, text: `${head}\n${renderInspection(inspection)}` };
}
