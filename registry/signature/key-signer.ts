import { type PrivateKey, writeKeyBundle } from "../../model/signature/index.ts";
import type { Signer } from "./signer.ts";

/** Signs without anybody else: nothing is written to a public log, which would tell the world what is deployed. */
export function keySigner(key: PrivateKey): Signer {
  return {
    name: `the key ${key.publicKey.fingerprint}`,
    signStatement: async (statement) => writeKeyBundle(statement, key),
    key: { publicKey: key.publicKey, sign: (bytes) => key.sign(bytes) },
  };
}
