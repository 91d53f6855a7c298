/** What is attached to an artifact, as a list for people. Nothing of it is verified. */
import { parseImageManifest } from "../../model/artifact/index.ts";
import { isSpinError } from "../../model/errors/index.ts";
import {
  type Claim,
  claimOf,
  claimOfCertificate,
  isBundleType,
  provenancePredicate,
  readBundle,
  signatureTag,
  signedPredicate,
  simpleSigningKeys,
  statementMediaType,
} from "../../model/signature/index.ts";
import { type Attached, listAttached } from "../attachment/index.ts";
import type { Repository } from "../client/index.ts";

export interface DescribedAttachment {
  /** The manifest that holds it. */
  digest: string;
  what: "signature" | "sbom" | "provenance" | "statement" | "other";
  artifactType: string;
  sizeBytes: number;
  predicateType?: string;
  /** Who it says that it is by. */
  claimedBy?: Claim;
}

/** Larger ones hold a bill of materials, and are not fetched to see who signed them. */
const bundleLimitBytes = 64 * 1024;

export async function describeAttached(
  repository: Repository,
  digest: string,
): Promise<DescribedAttachment[]> {
  const described: DescribedAttachment[] = [];
  for (const attached of await listAttached(repository, digest))
    described.push(await describe(repository, attached));
  return [...described, ...(await describeTagged(repository, digest))];
}

async function describe(repository: Repository, attached: Attached): Promise<DescribedAttachment> {
  const { digest, artifactType, annotations, layers } = attached;
  const sizeBytes = layers.reduce((sum, { size }) => sum + size, 0);
  const facts = { digest, artifactType, sizeBytes };
  if (/^application\/(?:vnd\.cyclonedx|spdx)\+json/.test(artifactType)) return { ...facts, what: "sbom" };
  const isBundle = isBundleType(artifactType);
  if (!isBundle && artifactType !== statementMediaType) return { ...facts, what: "other" };
  const said = annotations["dev.sigstore.bundle.predicateType"] ?? annotations["in-toto.io/predicate-type"];
  const [layer] = layers;
  if (!isBundle || layer === undefined || layer.size > bundleLimitBytes) return { ...facts, ...whatIs(said) };
  try {
    const bundle = readBundle(await repository.blobBytes(layer, bundleLimitBytes));
    const claimedBy = claimOf(bundle);
    return {
      ...facts,
      ...whatIs(bundle.statement.predicateType),
      ...(claimedBy === undefined ? {} : { claimedBy }),
    };
  } catch (error) {
    if (isSpinError(error) && error.code === "ERR_SPIN_SIGNATURE_FORMAT") return { ...facts, what: "other" };
    throw error;
  }
}

function whatIs(predicateType: string | undefined): Pick<DescribedAttachment, "what" | "predicateType"> {
  if (predicateType === undefined) return { what: "statement" };
  if (predicateType === signedPredicate) return { what: "signature", predicateType };
  return { what: predicateType === provenancePredicate ? "provenance" : "statement", predicateType };
}

/** Those of cosign 1 and 2, each a layer. */
async function describeTagged(repository: Repository, digest: string): Promise<DescribedAttachment[]> {
  const stored = await repository.manifest(signatureTag(digest));
  if (stored === undefined) return [];
  const manifest = parseImageManifest(stored.bytes, stored.mediaType || undefined);
  if (manifest.kind === "index") return [];
  return manifest.layers.map(({ mediaType, size, annotations = {} }) => {
    const certificate = annotations[simpleSigningKeys.certificate];
    const claim: Claim | undefined =
      certificate === undefined ? { kind: "key" } : claimOfCertificate(certificate);
    return {
      digest: stored.digest,
      what: "signature",
      artifactType: mediaType,
      sizeBytes: size,
      ...(claim === undefined ? {} : { claimedBy: claim }),
    };
  });
}
