/** Signatures and signed statements on a manifest, where cosign looks for them. */
import type { Descriptor } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import {
  bundleMediaType,
  signedPredicate,
  statementMediaType,
  writeStatement,
} from "../../model/signature/index.ts";
import { attach } from "../attachment/index.ts";
import type { Repository } from "../client/index.ts";
import { findSignatures } from "./find.ts";
import { isBy } from "./by-key.ts";
import type { Signer } from "./signer.ts";
import { tagSignature } from "./tag-signature.ts";

export interface SignOptions {
  signer: Signer;
  /** A bundle as a referrer, as cosign 3 does, or the tag of cosign 1 and 2, which is all that those read. Default: bundle. */
  format?: "bundle" | "tag";
}

export interface Signed {
  /** The manifest that holds the signature. */
  place: string;
  by: string;
  /** False when this key had signed it before. */
  isNew: boolean;
}

/** Signs what the digest names; with a key, once. ERR_SPIN_REGISTRY_NOT_FOUND when there is nothing. */
export async function signArtifact(
  repository: Repository,
  digest: string,
  { signer, format = "bundle" }: SignOptions,
): Promise<Signed> {
  if (format === "bundle")
    return attestArtifact(repository, digest, { signer, predicateType: signedPredicate, predicate: {} });
  const { key, name: by } = signer;
  if (key === undefined)
    throw new SpinError("ERR_SPIN_SIGNATURE_KEY", "The format of cosign 2 is signed by a key only.", {
      hint: "Give a key, or leave the format out.",
    });
  await mustResolve(repository, digest);
  const { signatures } = await findSignatures(repository, digest);
  const known = signatures.find((it) => it.format === "tag" && isBy(key.publicKey, it));
  if (known !== undefined) return { place: known.place, by, isNew: false };
  return { place: await tagSignature(repository, digest, (bytes) => key.sign(bytes)), by, isNew: true };
}

export interface Attestation {
  signer: Signer;
  predicateType: string;
  predicate: object;
}

/** A signed statement about what the digest names, attached to it. */
export async function attestArtifact(
  repository: Repository,
  digest: string,
  { signer, predicateType, predicate }: Attestation,
): Promise<Signed> {
  const subject = await mustResolve(repository, digest);
  const statement = writeStatement({ digest, predicateType, predicate });
  const by = signer.name;
  const { key } = signer;
  if (key !== undefined) {
    const { signatures } = await findSignatures(repository, digest, predicateType);
    const known = signatures.find(
      (it) =>
        it.format === "bundle" && it.bundle.envelope.payload.equals(statement) && isBy(key.publicKey, it),
    );
    if (known !== undefined) return { place: known.place, by, isNew: false };
  }
  const bytes = await signer.signStatement(statement);
  const annotations = {
    "dev.sigstore.bundle.content": "dsse-envelope",
    "dev.sigstore.bundle.predicateType": predicateType,
  };
  const place = await attach(repository, subject, { artifactType: bundleMediaType, bytes, annotations });
  return { place, by, isNew: true };
}

/** A statement that nobody signed: it says something, and proves nothing. */
export async function attachStatement(
  repository: Repository,
  digest: string,
  { predicateType, predicate }: Omit<Attestation, "signer">,
): Promise<string> {
  const subject = await mustResolve(repository, digest);
  const bytes = writeStatement({ digest, predicateType, predicate });
  const annotations = { "in-toto.io/predicate-type": predicateType };
  return attach(repository, subject, { artifactType: statementMediaType, bytes, annotations });
}

export async function mustResolve(repository: Repository, digest: string): Promise<Descriptor> {
  const found = await repository.resolve(digest);
  if (found !== undefined) return found;
  const { registry, repository: name } = repository;
  throw new SpinError("ERR_SPIN_REGISTRY_NOT_FOUND", `There is no ${registry}/${name}@${digest}.`);
}
