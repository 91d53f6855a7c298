import type { ErrorEntry } from "../table.ts";

export const signatureErrors = {
  ERR_SPIN_SIGNATURE_KEY: {
    fault: "user",
    summary: "A key to sign or to verify with cannot be read, or is of a kind that is not used here.",
    hint: "Give a key of `cosign generate-key-pair`, or one in PEM: ECDSA on P-256, or RSA of 2048 bits or more.",
  },
  ERR_SPIN_SIGNATURE_FORMAT: {
    fault: "remote",
    summary: "Something that is attached to an artifact as a signature is none.",
    hint: "Sign the artifact again.",
  },
  ERR_SPIN_SIGNATURE_MISSING: {
    fault: "user",
    summary: "An artifact that must be signed has no signature.",
    hint: "Sign it: `pulumi-spin sign REFERENCE --key FILE`, or `cosign sign`; copy it together with its signatures.",
  },
  ERR_SPIN_SIGNATURE_UNTRUSTED: {
    fault: "user",
    summary: "An artifact has signatures, and none of them is by whom it must be signed.",
    hint: "Do not use it before you know who made it; `pulumi-spin inspect REFERENCE` lists what is attached to it.",
  },
  ERR_SPIN_SIGNATURE_POLICY: {
    fault: "user",
    summary: "A signature is asked for, and it is not said whose.",
    hint: "Name a public key, or the identity and the issuer of a certificate.",
  },
  ERR_SPIN_SIGNATURE_IDENTITY: {
    fault: "user",
    summary: "Signing without a key needs an identity, and there is none.",
    hint: "Give --key, or SIGSTORE_ID_TOKEN; in GitHub Actions allow the job `id-token: write`.",
  },
  ERR_SPIN_SIGNATURE_SERVICE: {
    fault: "remote",
    summary: "The authority or the log that signing without a key needs did not do its part.",
    hint: "Run again; the message says which of them said what.",
  },
  ERR_SPIN_SIGNATURE_TRUST: {
    fault: "user",
    summary: "It is not known which authorities and logs to believe.",
    hint: "Give --trusted-root FILE, a file of `cosign trusted-root create`, or let this machine reach tuf-repo-cdn.sigstore.dev.",
  },
} as const satisfies Record<string, ErrorEntry>;
