/** The payload that cosign 1 and 2 sign and keep under the tag `sha256-<hex>.sig` (cosign, SIGNATURE_SPEC.md). */
import { isDigest } from "../digest.ts";
import { malformed, readJsonObject } from "./statement.ts";

export const simpleSigningMediaType = "application/vnd.dev.cosign.simplesigning.v1+json";
const payloadType = "cosign container image signature";

/** Annotations of the layer that is the payload. */
export const simpleSigningKeys = {
  signature: "dev.cosignproject.cosign/signature",
  certificate: "dev.sigstore.cosign/certificate",
  chain: "dev.sigstore.cosign/chain",
  /** Rekor's promise that it has the signature in its log. */
  log: "dev.sigstore.cosign/bundle",
} as const;

/** `sha256-<hex>.sig` */
export function signatureTag(digest: string): string {
  return `${digest.replace(":", "-")}.sig`;
}

/** `repository` is where it was signed; nobody relies on it, since signatures are copied along. */
export function writeSimpleSigning(repository: string, digest: string): Buffer {
  const critical = {
    identity: { "docker-reference": repository },
    image: { "docker-manifest-digest": digest },
    type: payloadType,
  };
  return Buffer.from(JSON.stringify({ critical, optional: null }));
}

/** The digest that it is about. ERR_SPIN_SIGNATURE_FORMAT for another payload. */
export function readSimpleSigning(bytes: Uint8Array): string {
  const { critical } = readJsonObject(bytes, "The payload") as { critical?: Record<string, unknown> };
  const { image, type } = Object(critical) as Record<string, unknown>;
  if (type !== payloadType) throw malformed("its payload is none of cosign's");
  const { "docker-manifest-digest": digest } = Object(image) as Record<string, unknown>;
  if (typeof digest !== "string" || !isDigest(digest)) throw malformed("its payload names no digest");
  return digest;
}
