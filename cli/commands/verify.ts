import { parseReference } from "../../model/artifact/index.ts";
import { cycloneDxPredicate, provenancePredicate } from "../../model/signature/index.ts";
import { type VerifiedSigner, verifyArtifact } from "../../registry/signature/index.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { pin } from "../registry/pinned.ts";
import { policyOf } from "../registry/signing.ts";

/** cosign's short words for predicates. */
const predicateTypes: Readonly<Record<string, string>> = {
  cyclonedx: cycloneDxPredicate,
  slsaprovenance1: provenancePredicate,
};

export const verify: Command = {
  name: "verify",
  usage: `REFERENCE --key FILE… | --certificate-identity ID --certificate-oidc-issuer URL ${registryUsage}`,
  summary: "Says who signed an artifact, and fails when none of those did who are named.",
  details: `
--key FILE|env://NAME       A public key in PEM; several may be named, and one is enough.
--certificate-identity ID   Whom a certificate of Sigstore's names, letter by letter, and
--certificate-oidc-issuer URL  who vouches for that.
--trusted-root FILE         Whose certificates and logs to believe. Default: Sigstore's.
--type TYPE                 A signed statement instead of a signature: cyclonedx, slsaprovenance1, or a predicate's URI.

What is printed is the digest that was verified: deploy that, since a tag may move.`,
  arguments: 1,
  ...registryFlags,
  options: [
    ...registryFlags.options,
    "certificate-identity",
    "certificate-oidc-issuer",
    "trusted-root",
    "type",
  ],
  lists: ["key"],
  async run(line) {
    const wanted = parseReference(line.arguments[0] ?? "");
    const { policy, placeOf } = await policyOf(line);
    const type = line.options.get("type");
    const predicateType = type === undefined ? undefined : (predicateTypes[type] ?? type);
    return withRegistries(line, async (client) => {
      const { repository, digest, reference } = await pin(client, wanted, "pull");
      const { signers } = await verifyArtifact(
        repository,
        digest,
        policy,
        predicateType === undefined ? {} : { predicateType },
      );
      const lines = signers.map((it) => `  ${describe(it, placeOf)}`);
      return {
        data: { reference, digest, signers },
        text: `verified ${reference}\n${[...new Set(lines)].join("\n")}`,
      };
    });
  },
};

function describe(signer: VerifiedSigner, placeOf: (fingerprint: string) => string): string {
  if (signer.kind === "key")
    return `signed with the key ${placeOf(signer.fingerprint)} (${signer.fingerprint})`;
  return `signed by ${signer.identity}, for whom ${signer.issuer} vouches`.replaceAll(/\p{C}/gu, "?");
}
