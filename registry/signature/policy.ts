import type { PublicKey } from "../../model/signature/index.ts";

/** Who may have signed: any one of them is enough. */
export interface SignaturePolicy {
  keys?: readonly PublicKey[];
  /** Compared as a whole, as the certificate has them. */
  identities?: readonly Identity[];
  /** Which authority and log make an identity true. Default: Sigstore's public ones. */
  trust?: CertificateTrust;
}

export interface Identity {
  /** `https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main`, or an e-mail address. */
  identity: string;
  /** Who vouches for it: `https://token.actions.githubusercontent.com`. */
  issuer: string;
}

export interface CertificateTrust {
  /** A `trusted_root.json`, as `cosign trusted-root create` writes it. Default: Sigstore's, brought up to date by TUF. */
  trustedRootFile?: string;
}

export type VerifiedSigner = { /** The manifest that holds the signature. */ place: string } & (
  | { kind: "key"; fingerprint: string }
  | ({ kind: "identity" } & Identity)
);
