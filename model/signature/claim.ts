/** Who a signature says that it is by. Nobody has verified that: it is for lists, and for finding the key to verify with. */
import { X509Certificate } from "node:crypto";
import type { Bundle } from "./bundle.ts";

export type Claim =
  | { kind: "key"; /** `sha256:<hex>`, where it is said. */ fingerprint?: string }
  /** A URI, or an e-mail address. */
  | { kind: "identity"; identity: string };

export function claimOf({ json }: Bundle): Claim | undefined {
  const { publicKey, certificate, x509CertificateChain } = Object(json["verificationMaterial"]) as Record<
    string,
    unknown
  >;
  if (publicKey !== undefined) {
    const { hint } = Object(publicKey) as { hint?: unknown };
    const bytes = Buffer.from(typeof hint === "string" ? hint : "", "base64");
    return {
      kind: "key",
      ...(bytes.length === 32 ? { fingerprint: `sha256:${bytes.toString("hex")}` } : {}),
    };
  }
  const { certificates } = Object(x509CertificateChain) as { certificates?: unknown };
  const first: unknown = certificate ?? (Array.isArray(certificates) ? certificates[0] : undefined);
  const { rawBytes } = Object(first) as { rawBytes?: unknown };
  return typeof rawBytes === "string" ? claimOfCertificate(Buffer.from(rawBytes, "base64")) : undefined;
}

/** PEM or DER; `undefined` for what is no certificate, or one that names nobody. */
export function claimOfCertificate(bytes: Buffer | string): Claim | undefined {
  try {
    const name = /^(?:URI|email):([^,]+)/.exec(new X509Certificate(bytes).subjectAltName ?? "")?.[1];
    return name === undefined ? undefined : { kind: "identity", identity: name };
  } catch {
    return undefined;
  }
}
