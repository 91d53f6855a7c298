/** The signatures of a manifest, wherever cosign keeps them: referrers with a bundle, and the tag `sha256-<hex>.sig`. */
import { type Descriptor, parseImageManifest } from "../../model/artifact/index.ts";
import { isSpinError } from "../../model/errors/index.ts";
import {
  type Bundle,
  isBundleType,
  readBundle,
  readSimpleSigning,
  signatureTag,
  signedPredicate,
  simpleSigningKeys,
  simpleSigningMediaType,
} from "../../model/signature/index.ts";
import { type Attached, listAttached } from "../attachment/index.ts";
import type { Repository } from "../client/index.ts";

export type FoundSignature = { /** The manifest that holds it. */ place: string } & (
  | { format: "bundle"; bundle: Bundle }
  | { format: "tag"; payload: Buffer; signature: Buffer; annotations: Record<string, string> }
);

export interface FoundSignatures {
  /** Each about the manifest that was asked for, and none of them verified. */
  signatures: FoundSignature[];
  /** Why others are none. */
  problems: string[];
}

const predicateAnnotation = "dev.sigstore.bundle.predicateType";
const bundleLimitBytes = 16 * 1024 * 1024;
const payloadLimitBytes = 64 * 1024;
const mostLayers = 100;

/** Of one kind of statement: by default of those that say nothing but "signed", which are also those under the tag. */
export async function findSignatures(
  repository: Repository,
  digest: string,
  predicateType: string = signedPredicate,
): Promise<FoundSignatures> {
  const found: FoundSignatures = { signatures: [], problems: [] };
  for (const attached of await listAttached(repository, digest)) {
    const said = attached.annotations[predicateAnnotation];
    if (!isBundleType(attached.artifactType) || (said !== undefined && said !== predicateType)) continue;
    await collect(found, attached.digest, async () => {
      const bundle = await bundleOf(repository, attached);
      if (bundle?.statement.predicateType !== predicateType) return [];
      if (!bundle.statement.subjects.includes(digest)) throw new Error("it is about another manifest");
      return [{ place: attached.digest, format: "bundle", bundle }];
    });
  }
  if (predicateType === signedPredicate) await findTagged(repository, digest, found);
  return found;
}

async function bundleOf(repository: Repository, { layers }: Attached): Promise<Bundle | undefined> {
  const layer = layers.find(({ mediaType }) => isBundleType(mediaType));
  return layer && readBundle(await repository.blobBytes(layer, bundleLimitBytes));
}

async function findTagged(repository: Repository, digest: string, found: FoundSignatures): Promise<void> {
  const stored = await repository.manifest(signatureTag(digest));
  if (stored === undefined) return;
  let layers: Descriptor[] = [];
  await collect(found, stored.digest, async () => {
    const manifest = parseImageManifest(stored.bytes, stored.mediaType || undefined);
    if (manifest.kind === "manifest") ({ layers } = manifest);
    return [];
  });
  for (const layer of layers.slice(0, mostLayers)) {
    const { mediaType, annotations = {} } = layer;
    const text = annotations[simpleSigningKeys.signature];
    if (mediaType !== simpleSigningMediaType || text === undefined) continue;
    await collect(found, stored.digest, async () => {
      const payload = await repository.blobBytes(layer, payloadLimitBytes);
      if (readSimpleSigning(payload) !== digest) throw new Error("it is about another manifest");
      const signature = Buffer.from(text, "base64");
      return [{ place: stored.digest, format: "tag", payload, signature, annotations }];
    });
  }
}

/** What cannot be read says why, and keeps no other signature from being found. */
async function collect(
  { signatures, problems }: FoundSignatures,
  place: string,
  read: () => Promise<FoundSignature[]>,
): Promise<void> {
  try {
    signatures.push(...(await read()));
  } catch (error) {
    if (isSpinError(error) && !isOfSignature(error.code)) throw error;
    problems.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A registry that fails is no fault of a signature. */
function isOfSignature(code: string): boolean {
  return (
    code.startsWith("ERR_SPIN_SIGNATURE_") ||
    code.startsWith("ERR_SPIN_ARTIFACT_") ||
    ["ERR_SPIN_REGISTRY_DIGEST", "ERR_SPIN_REGISTRY_SIZE", "ERR_SPIN_REGISTRY_NOT_FOUND"].includes(code)
  );
}
