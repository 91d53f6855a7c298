import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import { referenceTo } from "./api/kinds.ts";
import { type Drift, driftOf } from "./drift.ts";
import type { Target } from "./target.ts";

/** What never changes can only be made anew. */
export async function makeWay(
  object: KubernetesObject,
  { client }: Target,
  signal: AbortSignal,
): Promise<void> {
  if (object["immutable"] === true) await client.delete(referenceTo(object), {}, signal);
}

/** Server-side apply leaves what others added; what a refresh has shown of it goes here. */
export async function removeAdditions(
  object: KubernetesObject,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  const reference = referenceTo(object);
  const live = await target.client.get(reference, signal);
  const added =
    live === undefined
      ? []
      : (await driftOf(object, live, target, signal)).filter(({ kind }) => kind === "add");
  if (added.length === 0) return;
  await target.client.request("PATCH", reference, removal(added), {
    signal,
    type: "application/merge-patch+json",
  });
}

/** A merge patch, in which `null` takes away. */
function removal(added: readonly Drift[]): object {
  const patch: Record<string, unknown> = {};
  for (const { path } of added) {
    let at = patch;
    for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? ""] = null;
  }
  return patch;
}
