import { formatReference, parseReference, type Reference, targetOf } from "../../model/artifact/index.ts";
import type { TargetName } from "../../model/capability/index.ts";
import { type Binaries, inspectManifest, renderInspection } from "../../model/inspection/index.ts";
import { unlockManifest } from "../../model/locked-app/index.ts";
import { pathTo } from "../../model/toml/index.ts";
import { inspectArtifact } from "../../registry/artifact/index.ts";
import type { CommandLine, Result } from "../command.ts";
import { describeBinary } from "../describe-binary.ts";
import { withRegistries } from "./open-registries.ts";
import { sizeText } from "./show-progress.ts";

/** Whether a word that is no file means an artifact: it names a registry, a tag or a digest (as `spin up -f` decides). */
export function asReference(word: string): Reference | undefined {
  if (/\.(?:toml|wasm|wat)$/.test(word) || /^[./~]/.test(word)) return undefined;
  const hasRegistry = /^(?:[^/]*[.:][^/]*|localhost)\//.test(word);
  return hasRegistry || /[:@]/.test(word) ? parseReference(word) : undefined;
}

export async function inspectReference(
  line: CommandLine,
  reference: Reference,
  targets: readonly TargetName[] | undefined,
): Promise<Result> {
  return withRegistries(line, async (client) => {
    const repository = client.repository(reference, "pull");
    const found = await inspectArtifact(repository, targetOf(reference));
    const { digest, sizeBytes, readBytes, lockedApp, summaries } = found;
    const { tag: _moves, ...name } = reference;
    const pinned = formatReference({ ...name, digest });
    const facts = { reference: pinned, digest, size: sizeBytes, readBytes };
    const head = `${pinned} (${sizeText(sizeBytes)}, of which ${sizeText(readBytes)} were read)\n`;
    if (lockedApp === undefined) {
      const [summary] = summaries.values();
      const text = summary === undefined ? "one binary that cannot be read" : describeBinary(summary);
      return { data: { ...facts, component: summary }, text: `${head}${text}` };
    }
    const binaries: Binaries = new Map(
      lockedApp.components.map(({ id, source }) => {
        const summary = summaries.get(source.digest ?? "");
        return [
          pathTo("component", id),
          summary === undefined ? { state: "elsewhere" } : { state: "read", summary },
        ];
      }),
    );
    const origin = formatReference(name);
    const inspection = inspectManifest(unlockManifest(lockedApp, origin), binaries, targets);
    return { data: { ...facts, ...inspection }, text: `${head}\n${renderInspection(inspection)}` };
  });
}
