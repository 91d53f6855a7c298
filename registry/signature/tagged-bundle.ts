/** A signature by a certificate as cosign 2 keeps it, in layer annotations, turned into the bundle that Sigstore's verifier reads. */
import { digestOf } from "../../model/digest.ts";
import { simpleSigningKeys } from "../../model/signature/index.ts";
import type { FoundSignature } from "./find.ts";

/** `undefined` for a signature by a key. */
export function taggedBundle({
  payload,
  signature,
  annotations,
}: FoundSignature & { format: "tag" }): object | undefined {
  const certificate = annotations[simpleSigningKeys.certificate];
  if (certificate === undefined) return undefined;
  const digest = Buffer.from(digestOf(payload).slice("sha256:".length), "hex").toString("base64");
  return {
    mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.1",
    verificationMaterial: {
      x509CertificateChain: { certificates: [{ rawBytes: certificate.replaceAll(/-----.*?-----|\s/g, "") }] },
      tlogEntries: logEntries(annotations[simpleSigningKeys.log]),
    },
    messageSignature: {
      messageDigest: { algorithm: "SHA2_256", digest },
      signature: signature.toString("base64"),
    },
  };
}

/** None when the log was not asked; then there is no time either, and the verifier says so. */
function logEntries(text: string | undefined): object[] {
  if (text === undefined) return [];
  const { SignedEntryTimestamp: promise, Payload: payload } = Object(JSON.parse(text)) as Record<
    string,
    unknown
  >;
  const { body, integratedTime, logIndex, logID } = Object(payload) as Record<string, unknown>;
  const { kind, apiVersion } = Object(
    JSON.parse(Buffer.from(String(body), "base64").toString("utf8")),
  ) as Record<string, unknown>;
  return [
    {
      logIndex: String(logIndex),
      logId: { keyId: Buffer.from(String(logID), "hex").toString("base64") },
      kindVersion: { kind, version: apiVersion },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: promise },
      canonicalizedBody: body,
    },
  ];
}
