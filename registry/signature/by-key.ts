import { isSignedBy, preAuthEncoding, type PublicKey } from "../../model/signature/index.ts";
import type { FoundSignature } from "./find.ts";

/** Whether a key made a signature. What was signed is about the right manifest already: `findSignatures` has judged that. */
export function isBy(key: PublicKey, found: FoundSignature): boolean {
  if (found.format === "tag") return isSignedBy(key, found.payload, found.signature);
  const { payloadType, payload, signatures } = found.bundle.envelope;
  const signed = preAuthEncoding(payloadType, payload);
  return signatures.some((signature) => isSignedBy(key, signed, signature));
}
