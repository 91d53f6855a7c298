import { parseReference, targetOf } from "../../model/artifact/index.ts";
import { copyArtifact } from "../../registry/artifact/copy.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { artifactResult } from "../registry/result.ts";
import { showProgress } from "../registry/show-progress.ts";

export const copy: Command = {
  name: "copy",
  usage: `FROM TO [--no-referrers] ${registryUsage}`,
  summary:
    "Copies an artifact with its signatures to another repository or registry: the same digest, no local file.",
  arguments: 2,
  ...registryFlags,
  flags: [...registryFlags.flags, "no-referrers"],
  async run(line) {
    const [from, to] = line.arguments.map((word) => parseReference(word));
    if (from === undefined || to === undefined) throw new TypeError("There are two arguments.");
    return withRegistries(line, async (client) => {
      const view = showProgress("copied");
      const [source, destination] = [client.repository(from, "pull"), client.repository(to, "push")];
      const tag = to.tag ?? (to.digest === undefined ? from.tag : undefined);
      const { digest, sizeBytes, referrers } = await copyArtifact(source, destination, targetOf(from), {
        tags: tag === undefined ? [] : [tag],
        referrers: !line.flags.has("no-referrers"),
        onProgress: view.onProgress,
      }).finally(() => view.done());
      return artifactResult(to, digest, sizeBytes, "copied to", { referrers });
    });
  },
};
