/** What is said of an artifact, and of which: an in-toto statement (in-toto attestation spec, v1). */
import { isDigest } from "../digest.ts";
import { SpinError } from "../errors/index.ts";
import { parseJson } from "../json.ts";

export interface Statement {
  /** `sha256:<hex>` of each manifest that it speaks of. */
  subjects: string[];
  /** A URI that says how to read the predicate. */
  predicateType: string;
  predicate: unknown;
}

export const statementMediaType = "application/vnd.in-toto+json";
const statementType = /^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/;

/** cosign's words for a statement that says nothing but: I signed this. */
export const signedPredicate = "https://sigstore.dev/cosign/sign/v1";
export const provenancePredicate = "https://slsa.dev/provenance/v1";
export const cycloneDxPredicate = "https://cyclonedx.org/bom";

export interface StatementInput {
  digest: string;
  predicateType: string;
  predicate: object;
}

/** The same content, the same bytes: members in the order in which they are given. */
export function writeStatement({ digest, predicateType, predicate }: StatementInput): Buffer {
  const subject = [{ digest: { sha256: digest.slice("sha256:".length) } }];
  const statement = { _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate };
  return Buffer.from(JSON.stringify(statement));
}

/** ERR_SPIN_SIGNATURE_FORMAT for bytes that are no statement. */
export function readStatement(bytes: Uint8Array): Statement {
  const value = readJsonObject(bytes, "The signed statement");
  const { _type: type, subject, predicateType, predicate } = value;
  if (typeof type !== "string" || !statementType.test(type)) throw malformed("it is no in-toto statement");
  if (typeof predicateType !== "string") throw malformed("it has no predicateType");
  if (!Array.isArray(subject)) throw malformed("its subject is no list");
  const subjects = subject.flatMap((it) => {
    const { digest } = Object(it) as { digest?: unknown };
    const { sha256 } = Object(digest) as { sha256?: unknown };
    const text = `sha256:${String(sha256)}`;
    return isDigest(text) ? [text] : [];
  });
  return { subjects, predicateType, predicate };
}

/** JSON from a registry, before anything in it is believed. */
export function readJsonObject(bytes: Uint8Array, what: string): Record<string, unknown> {
  try {
    const value = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw malformed(`${what} is no JSON object`);
}

export function malformed(problem: string): SpinError {
  return new SpinError("ERR_SPIN_SIGNATURE_FORMAT", `A signature is malformed: ${problem}.`);
}
