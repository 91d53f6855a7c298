import { parseReference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { signArtifact } from "../../registry/signature/index.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { pin } from "../registry/pinned.ts";
import { signerOf, signingHelp, signingOptions } from "../registry/signing.ts";

export const sign: Command = {
  name: "sign",
  usage: `REFERENCE [--key FILE] [--signature-format bundle|tag] ${registryUsage}`,
  summary: "Signs an artifact as cosign does, and attaches the signature to it; its digest stays.",
  details: `${signingHelp}

--signature-format tag  The signature under the tag sha256-<hex>.sig, which cosign 1 and 2 read. Default: bundle, a referrer,
                        as cosign 3 writes and reads it.`,
  arguments: 1,
  ...registryFlags,
  options: [...registryFlags.options, ...signingOptions, "signature-format"],
  async run(line) {
    const wanted = parseReference(line.arguments[0] ?? "");
    const format = formatOf(line.options.get("signature-format") ?? "bundle");
    const signer = await signerOf(line);
    return withRegistries(line, async (client) => {
      const { repository, digest, reference } = await pin(client, wanted, "push");
      const { place, by, isNew } = await signArtifact(repository, digest, { signer, format });
      return {
        data: { reference, digest, signature: place, by, new: isNew },
        text: isNew ? `signed ${reference} with ${by}` : `${reference} has been signed with ${by} already`,
      };
    });
  },
};

function formatOf(text: string): "bundle" | "tag" {
  if (text === "bundle" || text === "tag") return text;
  throw new SpinError("ERR_SPIN_CLI_USAGE", `--signature-format is bundle or tag, not "${text}".`);
}
