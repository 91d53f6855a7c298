import { parseReference, targetOf } from "../../model/artifact/index.ts";
import { pullArtifact } from "../../registry/artifact/pull.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { artifactResult } from "../registry/result.ts";
import { showProgress } from "../registry/show-progress.ts";

export const pull: Command = {
  name: "pull",
  usage: `REFERENCE ${registryUsage}`,
  summary: "Brings an artifact into the cache of this machine, every byte verified.",
  arguments: 1,
  ...registryFlags,
  async run(line) {
    const reference = parseReference(line.arguments[0] ?? "");
    return withRegistries(line, async (client) => {
      const view = showProgress("pulled");
      const pulled = await pullArtifact(client.repository(reference, "pull"), targetOf(reference), {
        cache: new ContentCache(),
        onProgress: view.onProgress,
      }).finally(() => view.done());
      const { digest, sizeBytes, fetchedBytes } = pulled;
      return artifactResult(reference, digest, sizeBytes, "pulled", { fetchedBytes });
    });
  },
};
