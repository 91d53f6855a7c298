/** Whose signature: the flags of sign, verify and push, in cosign's words. */
import { readFile } from "node:fs/promises";
import { SpinError } from "../../model/errors/index.ts";
import { type PublicKey, readPrivateKey, readPublicKey } from "../../model/signature/index.ts";
import { keySigner, type SignaturePolicy, type Signer } from "../../registry/signature/index.ts";
import type { CommandLine } from "../command.ts";

export const signingOptions = ["key", "identity-token", "fulcio-url", "rekor-url", "timestamp-server-url"];

export const signingHelp = `
--key FILE|env://NAME   A private key: of \`cosign generate-key-pair\`, whose password is in COSIGN_PASSWORD, or plain PEM.
                        Nothing is written to a public log.
Without a key the identity signs that the CI system gives (GitHub Actions with \`id-token: write\`, SIGSTORE_ID_TOKEN, or
--identity-token FILE), through Sigstore's services, or --fulcio-url, --rekor-url and --timestamp-server-url; what those log,
the identity and the digest, is public for ever.`;

/** ERR_SPIN_SIGNATURE_KEY, ERR_SPIN_SIGNATURE_IDENTITY. */
export async function signerOf({ options }: CommandLine): Promise<Signer> {
  const key = options.get("key");
  if (key !== undefined)
    return keySigner(readPrivateKey(await readKey(key), process.env["COSIGN_PASSWORD"], key));
  const tokenFile = options.get("identity-token");
  const [fulcioUrl, rekorUrl, timestampUrl] = ["fulcio-url", "rekor-url", "timestamp-server-url"].map(
    (name) => options.get(name),
  );
  const { keylessSigner } = await import("../../registry/signature/keyless-signer.ts");
  return keylessSigner({
    ...(tokenFile === undefined ? {} : { identityToken: (await readKey(tokenFile)).trim() }),
    ...(fulcioUrl === undefined ? {} : { fulcioUrl }),
    ...(rekorUrl === undefined ? {} : { rekorUrl }),
    ...(timestampUrl === undefined ? {} : { timestampUrl }),
  });
}

export interface CliPolicy {
  policy: SignaturePolicy;
  /** Where the key of a fingerprint came from. */
  placeOf(fingerprint: string): string;
}

/** ERR_SPIN_CLI_USAGE when an identity has no issuer, or an issuer no identity. */
export async function policyOf({ lists, options }: CommandLine): Promise<CliPolicy> {
  const places = new Map<string, string>();
  const keys: PublicKey[] = [];
  for (const place of lists.get("key") ?? []) {
    const key = readPublicKey(await readKey(place), place);
    places.set(key.fingerprint, place);
    keys.push(key);
  }
  const identity = options.get("certificate-identity");
  const issuer = options.get("certificate-oidc-issuer");
  if ((identity === undefined) !== (issuer === undefined))
    throw new SpinError(
      "ERR_SPIN_CLI_USAGE",
      "--certificate-identity and --certificate-oidc-issuer go together: a name says nothing without who vouches for it.",
    );
  const trustedRootFile = options.get("trusted-root");
  return {
    policy: {
      keys,
      ...(identity === undefined || issuer === undefined ? {} : { identities: [{ identity, issuer }] }),
      ...(trustedRootFile === undefined ? {} : { trust: { trustedRootFile } }),
    },
    placeOf: (fingerprint) => places.get(fingerprint) ?? fingerprint,
  };
}

/** A file, or a variable of the environment: a key has no place on a command line. */
async function readKey(place: string): Promise<string> {
  const name = /^env:\/\/(\w+)$/.exec(place)?.[1];
  const text = name === undefined ? await readFile(place, "utf8").catch(() => undefined) : process.env[name];
  if (text !== undefined) return text;
  const problem = name === undefined ? "cannot be read" : "is not set";
  throw new SpinError("ERR_SPIN_SIGNATURE_KEY", `${place} ${problem}.`, {
    hint: "Give the path of a file, or env://NAME for a variable of the environment.",
  });
}
