/**
 * A private key as `cosign generate-key-pair` encrypts it: scrypt makes a key of the password, NaCl's secretbox encrypts
 * PKCS #8 (go-securesystemslib, encrypted). Node has no XSalsa20, so that part comes from @noble/ciphers.
 */
import { createPrivateKey, type KeyObject, scryptSync } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import type { SpinError } from "../errors/index.ts";
import { readJsonObject } from "./statement.ts";
import { unusable } from "./unusable-key.ts";

const armor =
  /-----BEGIN ENCRYPTED (?:COSIGN|SIGSTORE) PRIVATE KEY-----([\s\S]*?)-----END ENCRYPTED (?:COSIGN|SIGSTORE) PRIVATE KEY-----/;
/** Far above what cosign writes; a file shall not make this process fill the memory. */
const mostMemoryBytes = 512 * 1024 * 1024;

export function isEncrypted(pem: string): boolean {
  return armor.test(pem);
}

/** ERR_SPIN_SIGNATURE_KEY when the password is missing or wrong, or the file is none of cosign's. */
export function decryptPrivateKey(pem: string, password: string | undefined, place: string): KeyObject {
  const [, body = ""] = armor.exec(pem) ?? [];
  const { cost, block, parallel, salt, nonce, ciphertext } = readFile(Buffer.from(body, "base64"), place);
  if (password === undefined)
    throw unusable(
      place,
      "is encrypted, and there is no password",
      "Set COSIGN_PASSWORD; it may be empty, where the key was made without one.",
    );
  if (128 * cost * block * parallel > mostMemoryBytes) throw notCosigns(place);
  const options = { N: cost, r: block, p: parallel, maxmem: 2 * mostMemoryBytes };
  let der: Uint8Array;
  try {
    const key = scryptSync(password, salt, 32, options);
    der = xsalsa20poly1305(key, nonce).decrypt(ciphertext);
  } catch {
    throw unusable(
      place,
      "cannot be decrypted with the password",
      "Set COSIGN_PASSWORD to the password that the key was made with.",
    );
  }
  try {
    return createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  } catch {
    throw notCosigns(place);
  }
}

interface EncryptedKey {
  /** scrypt's N, r and p. */
  cost: number;
  block: number;
  parallel: number;
  salt: Buffer;
  nonce: Buffer;
  ciphertext: Buffer;
}

function readFile(bytes: Buffer, place: string): EncryptedKey {
  let file: Record<string, unknown>;
  try {
    file = readJsonObject(bytes, "The key");
  } catch {
    throw notCosigns(place);
  }
  const { kdf, cipher, ciphertext } = file;
  const { name: kdfName, params, salt } = Object(kdf) as Record<string, unknown>;
  const { name: cipherName, nonce } = Object(cipher) as Record<string, unknown>;
  const { N: cost, r: block, p: parallel } = Object(params) as Record<string, unknown>;
  const numbers = [cost, block, parallel];
  if (
    kdfName !== "scrypt" ||
    cipherName !== "nacl/secretbox" ||
    typeof salt !== "string" ||
    typeof nonce !== "string" ||
    typeof ciphertext !== "string" ||
    !numbers.every((it) => Number.isSafeInteger(it) && Number(it) > 0)
  )
    throw notCosigns(place);
  return {
    cost: Number(cost),
    block: Number(block),
    parallel: Number(parallel),
    salt: Buffer.from(salt, "base64"),
    nonce: Buffer.from(nonce, "base64"),
    ciphertext: Buffer.from(ciphertext, "base64"),
  };
}

function notCosigns(place: string): SpinError {
  return unusable(place, "is encrypted in another way than cosign does (scrypt and nacl/secretbox)");
}
