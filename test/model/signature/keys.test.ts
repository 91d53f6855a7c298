import { describe, expect, test } from "@jest/globals";
import { generateKeyPairSync, randomBytes, scryptSync } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import fc from "fast-check";
import { isSignedBy, keyHint, readPrivateKey, readPublicKey } from "../../../model/signature/index.ts";
import { caught } from "../../support/caught.ts";

/** Made by `cosign generate-key-pair` with the password "pw". */
const cosignKey = `-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
OCwicCI6MX0sInNhbHQiOiJlcVFzYkxZMVJPdDRzRFV2ZHk5c1Z0R2NabUU4WW1K
RmxPZEs4d0R2NHJ3PSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
Iiwibm9uY2UiOiJyY0pGRGEvbTVKWEs3aWJZdlNLVmFnbTNPZ1dXTXViOCJ9LCJj
aXBoZXJ0ZXh0IjoiU3R4cTJvSmJUOVc4OGczNmJMYzhhUUVYR2NhMnM5S3VEcXBx
Y2hXS005RzlkRExGajViN3RLMnlER0xNcWNBTEVEWDNEcCt4UklobTArQ1lneG9w
SkwwcUdjcnhRSTFDNlVkZWRETWxHVHQ2S1ZJczdER0o0dlZTVHRvU0w1U244aEpJ
UHk3cCtKbE1BM3d5Wk11NWlnNmlET1dzVGY0bnBocmdld1hjdmN6RjhHS3h4QTBL
MGE2bktsdVlsQmdlTVRJcFFqWDlrdHFscGc9PSJ9
-----END ENCRYPTED SIGSTORE PRIVATE KEY-----
`;
const cosignPublicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxB4cBB6Im31DV595sw0yrEPYrEg
FSijbl9jkRRhqrhlxqrS5Z77diGFpJhy6YKdx8IKbTGenLxvty8xCXwXsg==
-----END PUBLIC KEY-----
`;
const text = Buffer.from("signed");

test("a key of cosign's is decrypted, and signs what its public key verifies", () => {
  const key = readPrivateKey(cosignKey, "pw", "cosign.key");
  const publicKey = readPublicKey(cosignPublicKey, "cosign.pub");
  expect(key.publicKey.fingerprint).toBe(publicKey.fingerprint);
  // What cosign writes into its bundles for this key.
  expect(keyHint(publicKey)).toBe("2/nmWb3mWInTZYFxr1FD5Q01HJ/8UVCSXT/m9XWKSgQ=");
  const signature = key.sign(text);
  expect(isSignedBy(publicKey, text, signature)).toBe(true);
  expect(isSignedBy(publicKey, Buffer.from("other"), signature)).toBe(false);
  expect(isSignedBy(publicKey, text, signature.subarray(1))).toBe(false);
});

test.each([
  ["ec", "sec1"],
  ["ec", "pkcs8"],
  ["rsa", "pkcs1"],
  ["rsa", "pkcs8"],
] as const)("a plain key is read: %s in %s", (kind, type) => {
  const pair =
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = (pair.privateKey as { export(o: object): string }).export({ type, format: "pem" });
  const key = readPrivateKey(pem, undefined, "plain.pem");
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  expect(isSignedBy(readPublicKey(publicPem, "plain.pub"), text, key.sign(text))).toBe(true);
});

describe("a key that is not used", () => {
  const pemOf = (key: { export(o: object): string | Buffer }): string =>
    key.export({ type: "pkcs8", format: "pem" }).toString();

  test.each([
    [
      "on another curve",
      () => pemOf(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey),
      /secp384r1/,
    ],
    ["of Edwards", () => pemOf(generateKeyPairSync("ed25519").privateKey), /ed25519/],
    ["too short", () => pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey), /rsa 1024/],
    ["cut off", () => "-----BEGIN PRIVATE KEY-----\nMFkw\n-----END PRIVATE KEY-----", /is no whole key/],
    ["public", () => cosignPublicKey, /is no private key/],
    ["without a password", () => cosignKey, /is encrypted, and there is no password/],
  ])("%s is refused by name", (_what, pem, problem) => {
    const error = caught(() => readPrivateKey(pem(), undefined, "the.key"));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_KEY");
    expect(error.message).toMatch(problem);
    expect(error.message).toContain("the.key");
  });

  test("with a wrong password is refused, and neither is repeated", () => {
    const error = caught(() => readPrivateKey(cosignKey, "wr0ng", "the.key"));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_KEY");
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain("wr0ng");
  });

  test("that is private is none to verify with", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(caught(() => readPublicKey(pemOf(privateKey), "x")).message).toContain("is no public key");
  });
});

/** A file as cosign writes it, but for what `change` changes. */
function encryptedFile(change: (file: Record<string, unknown>) => unknown, content?: Buffer): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = content ?? privateKey.export({ type: "pkcs8", format: "der" });
  const [salt, nonce] = [randomBytes(32), randomBytes(24)];
  const key = scryptSync("pw", salt, 32, { N: 2, r: 8, p: 1 });
  const file = {
    kdf: { name: "scrypt", params: { N: 2, r: 8, p: 1 }, salt: salt.toString("base64") },
    cipher: { name: "nacl/secretbox", nonce: nonce.toString("base64") },
    ciphertext: Buffer.from(xsalsa20poly1305(key, nonce).encrypt(der)).toString("base64"),
  };
  const body = Buffer.from(JSON.stringify(change(file))).toString("base64");
  return `-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\n${body}\n-----END ENCRYPTED COSIGN PRIVATE KEY-----\n`;
}

describe("an encrypted file", () => {
  test("in cosign's older wrapping is read, with other costs too", () => {
    expect(
      readPrivateKey(
        encryptedFile((it) => it),
        "pw",
        "x",
      ).sign(text).length,
    ).toBeGreaterThan(60);
  });

  test.each([
    ["of another cipher", (it: object) => ({ ...it, cipher: { name: "aes", nonce: "" } })],
    ["of another derivation", (it: object) => ({ ...it, kdf: { name: "argon2" } })],
    ["without a cipher text", (it: object) => ({ ...it, ciphertext: 5 })],
    ["that is no object", () => [1]],
    [
      "that wants all of the memory",
      (it: object) => ({ ...it, kdf: { name: "scrypt", params: { N: 2 ** 30, r: 8, p: 1 }, salt: "" } }),
    ],
  ])("%s is refused", (_what, change) => {
    const error = caught(() => readPrivateKey(encryptedFile(change), "pw", "x"));
    expect(error.code).toBe("ERR_SPIN_SIGNATURE_KEY");
  });

  test("with something else in it is refused", () => {
    const pem = encryptedFile((it) => it, Buffer.from("no key"));
    expect(caught(() => readPrivateKey(pem, "pw", "x")).code).toBe("ERR_SPIN_SIGNATURE_KEY");
  });

  test("of any bytes is a key or refused with a code", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, password) => {
        const body = Buffer.from(bytes).toString("base64");
        const pem = `-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n${body}\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----`;
        expect(caught(() => readPrivateKey(pem, password, "x")).code).toBe("ERR_SPIN_SIGNATURE_KEY");
      }),
    );
  });
});
