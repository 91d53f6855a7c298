/** A signature with all that verifying it needs: Sigstore's bundle, which cosign 3 attaches as a referrer (cosign, BUNDLE_SPEC.md). */
import { type Envelope, preAuthEncoding, readEnvelope } from "./envelope.ts";
import { keyHint, type PrivateKey } from "./keys.ts";
import { malformed, readJsonObject, readStatement, type Statement, statementMediaType } from "./statement.ts";

export const bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
const bundleMediaTypes = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.\d+)?\+json/;

export interface Bundle {
  /** As it is written, for whoever verifies more than the signature. */
  json: Record<string, unknown>;
  envelope: Envelope;
  statement: Statement;
  /** By a key that the verifier must have; else by one whose certificate is in the bundle. */
  isByKey: boolean;
}

export function isBundleType(mediaType: string | undefined): boolean {
  return mediaType !== undefined && bundleMediaTypes.test(mediaType);
}

/** A statement signed by a key, as cosign writes it: no clock, no log. */
export function writeKeyBundle(statement: Uint8Array, key: PrivateKey): Buffer {
  const signature = key.sign(preAuthEncoding(statementMediaType, statement));
  const bundle = {
    mediaType: bundleMediaType,
    verificationMaterial: { publicKey: { hint: keyHint(key.publicKey) } },
    dsseEnvelope: {
      payload: Buffer.from(statement).toString("base64"),
      payloadType: statementMediaType,
      signatures: [{ sig: signature.toString("base64") }],
    },
  };
  return Buffer.from(JSON.stringify(bundle));
}

/** ERR_SPIN_SIGNATURE_FORMAT for what is no bundle of a statement. */
export function readBundle(bytes: Uint8Array): Bundle {
  const json = readJsonObject(bytes, "The bundle");
  const { mediaType, dsseEnvelope, verificationMaterial } = json;
  if (typeof mediaType !== "string" || !isBundleType(mediaType)) throw malformed("it is no Sigstore bundle");
  if (dsseEnvelope === undefined) throw malformed("its bundle holds no envelope");
  const envelope = readEnvelope(dsseEnvelope);
  if (envelope.payloadType !== statementMediaType)
    throw malformed(`its payload is of the type ${JSON.stringify(envelope.payloadType)}`);
  const { publicKey } = Object(verificationMaterial) as { publicKey?: unknown };
  return { json, envelope, statement: readStatement(envelope.payload), isByKey: publicKey !== undefined };
}
