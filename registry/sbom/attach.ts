import { sbomMediaType } from "../../model/sbom/media-type.ts";
import { cycloneDxPredicate } from "../../model/signature/index.ts";
import { attach, listAttached } from "../attachment/index.ts";
import type { Repository } from "../client/index.ts";
import { attestArtifact, mustResolve, type Signer } from "../signature/index.ts";

export interface AttachedSbom {
  /** The referrer that holds it. */
  place: string;
  /** The statement that says so, where it is signed. */
  attestation?: string;
}

/** For scanners as it is; with a signer also as a signed statement. The same bill twice is one. */
export async function attachSbom(
  repository: Repository,
  digest: string,
  sbom: Uint8Array,
  { signer }: { signer?: Signer } = {},
): Promise<AttachedSbom> {
  const subject = await mustResolve(repository, digest);
  const place = await attach(repository, subject, { artifactType: sbomMediaType, bytes: sbom });
  if (signer === undefined) return { place };
  const predicate = JSON.parse(new TextDecoder().decode(sbom)) as object;
  const signed = await attestArtifact(repository, digest, {
    signer,
    predicateType: cycloneDxPredicate,
    predicate,
  });
  return { place, attestation: signed.place };
}

const sbomLimitBytes = 64 * 1024 * 1024;
/** CycloneDX and SPDX: what `oras attach`, Trivy and Syft name them. */
const sbomTypes = /^application\/(?:vnd\.cyclonedx|spdx)\+json/;

export interface FoundSbom {
  place: string;
  mediaType: string;
  bytes: Buffer;
}

/** What is attached as a bill of materials, by whomever; that nobody changed it only a signature can say. */
export async function readSboms(repository: Repository, digest: string): Promise<FoundSbom[]> {
  const found: FoundSbom[] = [];
  for (const { digest: place, artifactType, layers } of await listAttached(repository, digest)) {
    const [layer] = layers;
    if (layer === undefined || !sbomTypes.test(artifactType)) continue;
    found.push({
      place,
      mediaType: layer.mediaType,
      bytes: await repository.blobBytes(layer, sbomLimitBytes),
    });
  }
  return found;
}
