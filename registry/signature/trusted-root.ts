/** Which authorities and logs are believed. */
import { readFile } from "node:fs/promises";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { describeError, SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import { userCache } from "../user-cache.ts";
import type { CertificateTrust } from "./policy.ts";

/** ERR_SPIN_SIGNATURE_TRUST when it cannot be read, or Sigstore's cannot be fetched. */
export async function trustedRoot({ trustedRootFile }: CertificateTrust): Promise<TrustedRoot> {
  if (trustedRootFile !== undefined) return fromFile(trustedRootFile);
  const { getTrustedRoot } = await import("@sigstore/tuf");
  try {
    return await getTrustedRoot({ cachePath: userCache("sigstore") });
  } catch (error) {
    throw new SpinError(
      "ERR_SPIN_SIGNATURE_TRUST",
      `Sigstore's trusted root cannot be fetched: ${describeError(error)}`,
      { cause: error },
    );
  }
}

async function fromFile(file: string): Promise<TrustedRoot> {
  let root: TrustedRoot;
  try {
    root = TrustedRoot.fromJSON(parseJson(await readFile(file, "utf8")));
  } catch (error) {
    const problem = `${file} is no trusted root: ${describeError(error)}`;
    throw new SpinError("ERR_SPIN_SIGNATURE_TRUST", `${problem.replace(/\.$/, "")}.`, { cause: error });
  }
  if (root.certificateAuthorities.length > 0) return root;
  throw new SpinError("ERR_SPIN_SIGNATURE_TRUST", `${file} names no authority for certificates.`);
}
