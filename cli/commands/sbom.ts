import { stat } from "node:fs/promises";
import { parseReference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { planLocalApp, pullArtifact } from "../../registry/artifact/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import { readSboms, sbomOf } from "../../registry/sbom/index.ts";
import type { Command, CommandLine, Result } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { asReference } from "../registry/inspect-reference.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { pin } from "../registry/pinned.ts";

export const sbom: Command = {
  name: "sbom",
  usage: `spin.toml|REFERENCE [--profile NAME] ${registryUsage}`,
  summary:
    "Prints what an application is made of, as CycloneDX: components, files, dependencies, tool chains.",
  details: `
Of an artifact what is attached to it; where nothing is, it is pulled, and the bill made of it. The same application gives
the same bytes: there is no time and no serial number in it.`,
  arguments: 1,
  ...registryFlags,
  options: [...registryFlags.options, "profile"],
  async run(line) {
    const [word = ""] = line.arguments;
    const isFile = (await stat(word).catch(() => undefined)) !== undefined;
    if (isFile || asReference(word) === undefined) return shown(await ofManifest(word, line));
    return shown(await ofArtifact(word, line));
  },
};

async function ofManifest(file: string, { options }: CommandLine): Promise<Uint8Array> {
  const profile = options.get("profile");
  const { manifest, root } = await readManifestFile(file);
  const settings = profile === undefined ? {} : { profile };
  const local = await planLocalApp(normalizeManifest(manifest, profile), root, settings);
  return sbomOf(local.lockedApp, local.fileOf);
}

async function ofArtifact(word: string, line: CommandLine): Promise<Uint8Array> {
  return withRegistries(line, async (client) => {
    const { repository, digest, reference } = await pin(client, parseReference(word), "pull");
    const [attached] = await readSboms(repository, digest);
    if (attached !== undefined) return attached.bytes;
    const cache = new ContentCache();
    const { lockedApp } = await pullArtifact(repository, digest, { cache });
    if (lockedApp === undefined)
      throw new SpinError("ERR_SPIN_ARTIFACT_KIND", `${reference} is one component, and no application.`);
    return sbomOf(lockedApp, (it) => cache.path(it));
  });
}

function shown(bytes: Uint8Array): Result {
  const data: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return { data, text: JSON.stringify(data, null, 2) };
}
