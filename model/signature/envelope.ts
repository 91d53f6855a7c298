/** DSSE: a payload with its type and signatures over both (secure-systems-lab/dsse, protocol.md and envelope.md). */
import { malformed } from "./statement.ts";

export interface Envelope {
  payload: Buffer;
  payloadType: string;
  signatures: Buffer[];
}

/** What is signed: the type cannot be taken for the payload, nor the payload for another one's. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const typeBytes = Buffer.byteLength(payloadType);
  const head = `DSSEv1 ${typeBytes} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

export function readEnvelope(value: unknown): Envelope {
  const { payload, payloadType, signatures } = Object(value) as Record<string, unknown>;
  if (typeof payload !== "string" || typeof payloadType !== "string")
    throw malformed("its envelope has no payload");
  if (!Array.isArray(signatures)) throw malformed("its envelope has no signatures");
  return {
    payload: Buffer.from(payload, "base64"),
    payloadType,
    signatures: signatures.flatMap((it) => {
      const { sig } = Object(it) as { sig?: unknown };
      return typeof sig === "string" ? [Buffer.from(sig, "base64")] : [];
    }),
  };
}
