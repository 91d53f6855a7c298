import { isTag, parseReference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { planLocalApp, pushArtifact } from "../../registry/artifact/index.ts";
import { attachSupplyChain, supplyChainFlags, supplyChainHelp } from "../registry/attach-supply-chain.ts";
import type { Command } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { artifactResult } from "../registry/result.ts";
import { showProgress } from "../registry/show-progress.ts";

export const push: Command = {
  name: "push",
  usage: `[-f FILE] REFERENCE [--tag TAG]… [--annotation KEY=VALUE]… [--profile NAME] [--no-compose] [--sign] [--sbom] [--provenance] ${registryUsage}`,
  summary:
    "Pushes the application of a spin.toml to a registry as one artifact: the same sources, the same digest.",
  details: supplyChainHelp,
  arguments: 1,
  flags: [...registryFlags.flags, ...supplyChainFlags.flags, "no-compose"],
  options: [...registryFlags.options, ...supplyChainFlags.options, "from", "profile"],
  lists: ["tag", "annotation"],
  letters: { ...registryFlags.letters, f: "from" },
  async run(line) {
    const { arguments: words, options, lists } = line;
    const reference = parseReference(words[0] ?? "");
    const tags = tagsOf(reference.tag, reference.digest, lists.get("tag") ?? []);
    const annotations = annotationsOf(lists.get("annotation") ?? []);
    const profile = options.get("profile");
    const { manifest, root } = await readManifestFile(options.get("from") ?? ".");
    const normal = normalizeManifest(manifest, profile);
    const local = await planLocalApp(normal, root, {
      annotations,
      isComposed: !line.flags.has("no-compose"),
      ...(profile === undefined ? {} : { profile }),
      // Spin looks whether it is there, not what it says.
      ...(process.env["SPIN_OCI_ARCHIVE_LAYERS"] === undefined ? {} : { isArchived: true }),
    });
    expectDigest(reference.digest, local.plan.manifest.digest);
    const attachTo = await attachSupplyChain(line, local);
    return withRegistries(line, async (client) => {
      const view = showProgress("pushed");
      const repository = client.repository(reference, "push");
      const { digest, uploadedBytes } = await pushArtifact(repository, local.plan, {
        open: local.open,
        tags,
        onProgress: view.onProgress,
      }).finally(() => view.done());
      const attached = await attachTo(repository, digest);
      const facts = { tags, uploadedBytes, ...attached };
      return artifactResult(reference, digest, local.plan.sizeBytes, "pushed", facts);
    });
  },
};

/** Without any tag it is `latest`, as everywhere; a digest alone is a promise of what will come out. */
function tagsOf(tag: string | undefined, digest: string | undefined, more: readonly string[]): string[] {
  const wrong = more.find((it) => !isTag(it));
  if (wrong !== undefined) throw new SpinError("ERR_SPIN_ARTIFACT_REFERENCE", `"${wrong}" is no tag.`);
  const all = [...(tag === undefined ? [] : [tag]), ...more];
  return all.length === 0 && digest === undefined ? ["latest"] : [...new Set(all)];
}

function annotationsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
      throw new SpinError("ERR_SPIN_CLI_USAGE", `--annotation is KEY=VALUE, not "${pair}".`);
    }),
  );
}

function expectDigest(expected: string | undefined, found: string): void {
  if (expected === undefined || expected === found) return;
  throw new SpinError(
    "ERR_SPIN_REGISTRY_DIGEST",
    `The reference says ${expected}, and the sources give ${found}.`,
    {
      hint: "Push without a digest, or restore the sources that it stands for.",
    },
  );
}
