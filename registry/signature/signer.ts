import type { PublicKey } from "../../model/signature/index.ts";

/** Whoever signs: by a key that is here (`keySigner`), or as somebody whom Sigstore's authority knows (`keylessSigner`). */
export interface Signer {
  /** For messages: who signs. */
  name: string;
  /** Sigstore's bundle with the statement and its signature. */
  signStatement(statement: Uint8Array): Promise<Uint8Array>;
  /** Only where a key is here: it tells its own earlier signatures, and can sign in cosign's older form. */
  key?: { publicKey: PublicKey; sign(bytes: Uint8Array): Uint8Array };
}
