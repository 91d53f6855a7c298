import { isSpinError } from "../../model/errors/index.ts";
import { manager, managedByLabel } from "../../model/kubernetes/index.ts";
import type { Target } from "./target.ts";

/**
 * Deletes Secrets of the app that are not among `keys`: also those of a run that was killed before it could record them.
 * Who may not list Secrets leaves such behind.
 */
export async function deleteStaleSecrets(
  name: string,
  keys: readonly string[],
  { client, namespace }: Target,
  signal: AbortSignal,
): Promise<void> {
  const labelSelector = `${managedByLabel}=${manager},app.kubernetes.io/name=${name}`;
  try {
    for (const { metadata } of await client.list({ kind: "Secret", namespace }, { labelSelector }, signal)) {
      if (keys.includes(`Secret/${metadata.name}`)) continue;
      await client.delete({ kind: "Secret", namespace, name: metadata.name }, {}, signal);
    }
  } catch (error) {
    if (!isSpinError(error) || error.code !== "ERR_SPIN_CLUSTER_FORBIDDEN") throw error;
  }
}
