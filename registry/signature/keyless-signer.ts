/** Signs as somebody whom an identity token names: Fulcio gives a certificate of minutes, Rekor logs that it was used. */
import { bundleToJSON } from "@sigstore/bundle";
import { CIContextProvider, DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } from "@sigstore/sign";
import { SpinError } from "../../model/errors/index.ts";
import { statementMediaType } from "../../model/signature/index.ts";
import { reasonOf } from "../http/index.ts";
import type { Signer } from "./signer.ts";

export interface KeylessOptions {
  /** An OpenID Connect token for the audience `sigstore`. Default: that of the CI system around, or SIGSTORE_ID_TOKEN. */
  identityToken?: string;
  /** Default: Sigstore's public ones. What they log is public for ever. */
  fulcioUrl?: string;
  rekorUrl?: string;
  /** RFC 3161. Default: none; Rekor's own time is enough. */
  timestampUrl?: string;
  /** How often each service is asked again. Default: 2. */
  retries?: number;
}

const fulcio = "https://fulcio.sigstore.dev";
const rekor = "https://rekor.sigstore.dev";
const timeoutMs = 30_000;

/** ERR_SPIN_SIGNATURE_IDENTITY when there is no token, _SERVICE when signing fails. No message repeats the token. */
export async function keylessSigner(options: KeylessOptions = {}): Promise<Signer> {
  const token = options.identityToken ?? (await ambientToken());
  const name = subjectOf(token);
  const { fulcioUrl = fulcio, rekorUrl = rekor, timestampUrl, retries = 2 } = options;
  const settings = { timeout: timeoutMs, retry: { retries } };
  const witnesses = [
    new RekorWitness({ rekorBaseURL: rekorUrl, ...settings }),
    ...(timestampUrl === undefined ? [] : [new TSAWitness({ tsaBaseURL: timestampUrl, ...settings })]),
  ];
  return {
    name,
    async signStatement(statement) {
      const identityProvider = { getToken: async () => token };
      const signer = new FulcioSigner({ fulcioBaseURL: fulcioUrl, identityProvider, ...settings });
      const builder = new DSSEBundleBuilder({ signer, witnesses });
      try {
        const bundle = await builder.create({ data: Buffer.from(statement), type: statementMediaType });
        return Buffer.from(JSON.stringify(bundleToJSON(bundle)));
      } catch (error) {
        throw new SpinError(
          "ERR_SPIN_SIGNATURE_SERVICE",
          `Signing as ${name} failed: ${said(error, token)}.`,
        );
      }
    },
  };
}

async function ambientToken(): Promise<string> {
  try {
    return await new CIContextProvider().getToken();
  } catch {
    throw new SpinError("ERR_SPIN_SIGNATURE_IDENTITY", "There is no key, and no identity to sign as.");
  }
}

/** The claims that Fulcio writes into the certificate. Not verified here: Fulcio does that. */
function subjectOf(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
      string,
      unknown
    >;
    const { email, sub } = claims;
    const subject = email ?? sub;
    if (typeof subject === "string" && subject !== "") return subject.replaceAll(/\p{C}/gu, "?");
  } catch {
    // Said below, without the token.
  }
  throw new SpinError(
    "ERR_SPIN_SIGNATURE_IDENTITY",
    "The identity token is none: expected a JSON web token.",
  );
}

/** Messages of the services may repeat what they were sent. */
function said(error: unknown, token: string): string {
  const { message = "" } = Object(error) as { message?: string };
  const reason = reasonOf(error);
  const text = reason === message ? message : `${message} (${reason})`;
  return text
    .replaceAll(token, "…")
    .replaceAll(/\p{C}+/gu, " ")
    .slice(0, 500);
}
