import { SpinError } from "../../model/errors/index.ts";
import { signedPredicate } from "../../model/signature/index.ts";
import type { Repository } from "../client/index.ts";
import { isBy } from "./by-key.ts";
import { findSignatures } from "./find.ts";
import type { SignaturePolicy, VerifiedSigner } from "./policy.ts";

export interface Verification {
  digest: string;
  /** Each signature that is by somebody who may; at least one. */
  signers: VerifiedSigner[];
}

/**
 * That somebody who may has signed what the digest names; for another type of predicate, that they said so of it.
 * ERR_SPIN_SIGNATURE_MISSING, _UNTRUSTED, _POLICY.
 */
export async function verifyArtifact(
  repository: Repository,
  digest: string,
  policy: SignaturePolicy,
  { predicateType = signedPredicate }: { predicateType?: string } = {},
): Promise<Verification> {
  const { keys = [], identities = [], trust } = policy;
  if (keys.length + identities.length === 0)
    throw new SpinError("ERR_SPIN_SIGNATURE_POLICY", "Neither a key nor an identity is named.");
  const { signatures, problems } = await findSignatures(repository, digest, predicateType);
  const name = `${repository.registry}/${repository.repository}@${digest}`;
  const what =
    predicateType === signedPredicate ? "signature" : `signed statement of the type ${predicateType}`;
  if (signatures.length === 0)
    throw new SpinError("ERR_SPIN_SIGNATURE_MISSING", `${name} has no ${what}${listed(problems)}.`);
  // Loaded when it is needed: keys do without Sigstore's packages.
  const identify =
    identities.length === 0 ? undefined : await (await import("./identity.ts")).identityVerifier(trust);
  const signers: VerifiedSigner[] = [];
  for (const found of signatures) {
    const { place } = found;
    const key = keys.find((it) => isBy(it, found));
    if (key !== undefined) signers.push({ place, kind: "key", fingerprint: key.fingerprint });
    if (key !== undefined || identify === undefined) continue;
    const who = identify(found);
    if ("problem" in who) problems.push(`${place}: ${who.problem}`);
    else if (identities.some((it) => it.identity === who.identity && it.issuer === who.issuer))
      signers.push({ place, kind: "identity", ...who });
    else problems.push(`${place}: it is by ${who.identity}, for whom ${who.issuer} vouches`);
  }
  if (signers.length > 0) return { digest, signers };
  const asked = [
    ...keys.map(({ fingerprint }) => `the key ${fingerprint}`),
    ...identities.map(({ identity }) => identity),
  ];
  const count = signatures.length === 1 ? `one ${what}` : `${signatures.length} ${what}s`;
  throw new SpinError(
    "ERR_SPIN_SIGNATURE_UNTRUSTED",
    `${name} has ${count}, and none by ${asked.join(" or ")}${listed(problems)}.`,
  );
}

/** What is shown of reasons: texts of certificates come from outside. */
function listed(problems: readonly string[]): string {
  if (problems.length === 0) return "";
  const texts = problems.slice(0, 5).map((it) => it.replaceAll(/\p{C}+/gu, " ").slice(0, 300));
  const more = problems.length > texts.length ? ` and ${problems.length - texts.length} more` : "";
  return ` (${texts.join("; ")}${more})`;
}
