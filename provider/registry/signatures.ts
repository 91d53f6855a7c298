/** Asks a registry for the signatures that `spin:verify` demands. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseReference } from "../../model/artifact/index.ts";
import { isSpinError, type Issue, issue } from "../../model/errors/index.ts";
import { readPublicKey } from "../../model/signature/index.ts";
import { type SignaturePolicy, verifyArtifact } from "../../registry/signature/index.ts";
import type { Configuration } from "../definition/configuration.ts";
import type { Context } from "../definition/context.ts";
import { openRegistry } from "./client.ts";

export type Demand = NonNullable<Configuration["verify"]>;

/** The reason why the digest is not signed as demanded, at the property of that path; none when it is. */
export async function judgeSignatures(
  reference: string,
  path: string,
  demand: Demand,
  { configuration, signal, projectDir, log }: Context,
): Promise<Issue[]> {
  const { registry, repository, digest } = parseReference(reference);
  if (digest === undefined) {
    const message = `"${reference}" has no digest, and a tag cannot be verified for what is deployed later.`;
    return [issue("ERR_SPIN_SIGNATURE_MISSING", path, message, { hint: "Name the digest: @sha256:…" })];
  }
  const client = openRegistry(registry, configuration, signal);
  try {
    const policy = await policyOf(demand, projectDir);
    const target = client.repository({ registry, repository, digest }, "pull");
    const { signers } = await verifyArtifact(target, digest, policy);
    const names = new Set(
      signers.map((it) => (it.kind === "key" ? `the key ${it.fingerprint}` : it.identity)),
    );
    log(`${reference} is signed with ${[...names].join(", ")}.`);
    return [];
  } catch (error) {
    if (isSpinError(error)) return [issue(error.code, path, error.message, { hint: error.hint })];
    throw error;
  } finally {
    await client.close();
  }
}

async function policyOf(
  { keys = [], identities = [], trustedRoot }: Demand,
  projectDir: string,
): Promise<SignaturePolicy> {
  const read = keys.map(async (key) =>
    key.includes("-----BEGIN")
      ? readPublicKey(key, "A key of spin:verify")
      : readPublicKey(await readFile(resolve(projectDir, key), "utf8").catch(() => ""), key),
  );
  return {
    keys: await Promise.all(read),
    identities,
    ...(trustedRoot === undefined ? {} : { trust: { trustedRootFile: resolve(projectDir, trustedRoot) } }),
  };
}
