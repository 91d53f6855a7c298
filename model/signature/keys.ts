/** Keys as cosign and openssl write them: ECDSA on P-256, which is cosign's, and RSA, both over SHA-256. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { decryptPrivateKey, isEncrypted } from "./encrypted-key.ts";
import { unusable } from "./unusable-key.ts";

export interface PublicKey {
  key: KeyObject;
  /** `sha256:<hex>` of its DER form: how a key is named. */
  fingerprint: string;
}

export interface PrivateKey {
  publicKey: PublicKey;
  sign(bytes: Uint8Array): Buffer;
}

const hash = "sha256";
const smallestRsaBits = 2048;

/**
 * A private key in PEM: encrypted as `cosign generate-key-pair` does, or plain (PKCS #8, SEC 1, PKCS #1). `place` is where
 * it came from, for messages. ERR_SPIN_SIGNATURE_KEY, which never repeats any of it.
 */
export function readPrivateKey(pem: string, password: string | undefined, place: string): PrivateKey {
  const key = isEncrypted(pem) ? decryptPrivateKey(pem, password, place) : plainKey(pem, place);
  const publicKey = publicKeyOf(createPublicKey(key), place);
  return { publicKey, sign: (bytes) => sign(hash, bytes, key) };
}

/** A public key in PEM. ERR_SPIN_SIGNATURE_KEY. */
export function readPublicKey(pem: string, place: string): PublicKey {
  if (!pem.includes("-----BEGIN PUBLIC KEY-----"))
    throw unusable(place, "is no public key in PEM: expected -----BEGIN PUBLIC KEY-----");
  return publicKeyOf(
    parsed(() => createPublicKey(pem), place),
    place,
  );
}

export function isSignedBy({ key }: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(hash, bytes, key, signature);
  } catch {
    // What is no signature in form is none.
    return false;
  }
}

/** How cosign names a key in a bundle. */
export function keyHint({ fingerprint }: PublicKey): string {
  return Buffer.from(fingerprint.slice("sha256:".length), "hex").toString("base64");
}

function plainKey(pem: string, place: string): KeyObject {
  if (!/-----BEGIN (?:EC |RSA )?PRIVATE KEY-----/.test(pem))
    throw unusable(place, "is no private key in PEM that can be read");
  return parsed(() => createPrivateKey(pem), place);
}

function parsed(parse: () => KeyObject, place: string): KeyObject {
  try {
    return parse();
  } catch {
    throw unusable(place, "is no whole key");
  }
}

function publicKeyOf(key: KeyObject, place: string): PublicKey {
  const { asymmetricKeyType: type, asymmetricKeyDetails: { namedCurve, modulusLength = 0 } = {} } = key;
  const isKnown =
    (type === "ec" && namedCurve === "prime256v1") || (type === "rsa" && modulusLength >= smallestRsaBits);
  if (!isKnown)
    throw unusable(place, `is a key of the kind ${[type, namedCurve ?? modulusLength].join(" ").trim()}`);
  const der = key.export({ type: "spki", format: "der" });
  return { key, fingerprint: `sha256:${createHash("sha256").update(der).digest("hex")}` };
}
