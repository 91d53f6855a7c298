import { provenancePredicate } from "../../model/signature/index.ts";
import type { Repository } from "../client/index.ts";
import { attachStatement, attestArtifact, type Signer } from "../signature/index.ts";

/**
 * Attaches how an artifact came to be (`slsaProvenance`): signed, in an envelope that `cosign verify-attestation` reads, or
 * without a signer as a statement that nobody vouches for. Gives the digest of the referrer.
 */
export async function attachProvenance(
  repository: Repository,
  digest: string,
  predicate: object,
  { signer }: { signer?: Signer } = {},
): Promise<string> {
  const statement = { predicateType: provenancePredicate, predicate };
  if (signer === undefined) return attachStatement(repository, digest, statement);
  return (await attestArtifact(repository, digest, { ...statement, signer })).place;
}
