/** Signatures by a certificate of Sigstore's: who had it, judged by the authority and the log that are trusted. */
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { describeError } from "../../model/errors/index.ts";
import type { FoundSignature } from "./find.ts";
import type { CertificateTrust, Identity } from "./policy.ts";
import { taggedBundle } from "./tagged-bundle.ts";
import { trustedRoot } from "./trusted-root.ts";

export type Identified = Identity | { problem: string };

/**
 * Says who made a signature, or why nobody can tell: the certificate must come from the authority, be in its log, have been
 * valid when the signature was entered in the log, and fit the signature.
 */
export async function identityVerifier(
  trust: CertificateTrust = {},
): Promise<(found: FoundSignature) => Identified> {
  const verifier = new Verifier(toTrustMaterial(await trustedRoot(trust)));
  return (found) => {
    try {
      if (found.format === "bundle" && found.bundle.isByKey) return { problem: "it is by another key" };
      const json = found.format === "bundle" ? found.bundle.json : taggedBundle(found);
      if (json === undefined) return { problem: "it is by another key" };
      const payload = found.format === "tag" ? found.payload : undefined;
      const { identity = {} } = verifier.verify(toSignedEntity(bundleFromJSON(json), payload));
      const { subjectAlternativeName, extensions } = identity;
      if (!subjectAlternativeName || !extensions?.issuer) return { problem: "its certificate names nobody" };
      return { identity: subjectAlternativeName, issuer: extensions.issuer };
    } catch (error) {
      return { problem: describeError(error) };
    }
  };
}
