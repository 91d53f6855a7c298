import { readFile } from "node:fs/promises";
import { parseReference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { attach as attachTo } from "../../registry/attachment/index.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { pin } from "../registry/pinned.ts";

export const attach: Command = {
  name: "attach",
  usage: `REFERENCE FILE --artifact-type TYPE ${registryUsage}`,
  summary: "Attaches a file to an artifact, as `oras attach` does: a report, an SBOM that another tool made.",
  arguments: 2,
  ...registryFlags,
  options: [...registryFlags.options, "artifact-type"],
  async run(line) {
    const [word = "", file = ""] = line.arguments;
    const wanted = parseReference(word);
    const artifactType = line.options.get("artifact-type");
    if (artifactType === undefined || !/^[\w.+-]+\/[\w.+-]+$/.test(artifactType))
      throw new SpinError(
        "ERR_SPIN_CLI_USAGE",
        "--artifact-type is missing, or no media type; for an SBOM application/vnd.cyclonedx+json.",
      );
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new SpinError("ERR_SPIN_CLI_USAGE", `${file} cannot be read.`, { cause });
    });
    return withRegistries(line, async (client) => {
      const { repository, digest, subject, reference } = await pin(client, wanted, "push");
      const place = await attachTo(repository, subject, { artifactType, bytes });
      return {
        data: { reference, digest, attached: place, artifactType },
        text: `attached ${file} to ${reference} as ${artifactType}`,
      };
    });
  },
};
