/** What differs between what a deployment made and what the cluster holds, and who did it. */
import { isSpinError } from "../../model/errors/index.ts";
import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import { type ChangeKind, changesBetween } from "../definition/changes.ts";
import { formatPath, type PropertyPath } from "../definition/property-path.ts";
import type { LiveObject, ManagedFields } from "./api/client.ts";
import type { Target } from "./target.ts";

export interface Drift {
  path: PropertyPath;
  /** `add`: others put it there. */
  kind: ChangeKind;
  /** `"kubectl-edit" (Update, 2026-11-20T10:00:00Z)` */
  by: string;
}

/** Differences between the object and its live form. What the server and its webhooks add by themselves is none. */
export async function driftOf(
  object: KubernetesObject,
  live: LiveObject,
  target: Target,
  signal: AbortSignal,
): Promise<Drift[]> {
  const expected = await withDefaults(object, target, signal);
  const changes = changesBetween(contentOf(expected ?? object), contentOf(live), []);
  return changes
    .filter(({ kind }) => expected !== undefined || kind !== "add")
    .map(({ path, kind }) => ({ path, kind, by: managerOf(live, path, target.fieldManager) }));
}

/** `spec.replicas by "kubectl-edit" (…)`: what state says of an object instead of its hash. */
export function describeDrift(drift: readonly Drift[]): string {
  return drift.map(({ path, by }) => `${formatPath(path)} by ${by}`).join(", ");
}

/**
 * The object as it would be made now, under a name that none has: with defaults and nothing else. `undefined` where that
 * cannot be asked; then only what the object itself says is compared.
 */
async function withDefaults(
  object: KubernetesObject,
  { client, fieldManager }: Target,
  signal: AbortSignal,
): Promise<LiveObject | undefined> {
  const metadata = { ...object.metadata, name: `${object.metadata.name}.expected` };
  try {
    return await client.apply({ ...object, metadata }, { fieldManager, dryRun: true }, signal);
  } catch (error) {
    if (!isSpinError(error) || error.fault !== "user") throw error;
    return undefined;
  }
}

/** All but the head and what the cluster says of its state. */
function contentOf(object: KubernetesObject): Record<string, unknown> {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, status: _status, ...content } = object;
  return content;
}

/** Who changed the path last, except us. */
function managerOf({ metadata }: LiveObject, path: PropertyPath, own: string): string {
  const others = (metadata.managedFields ?? [])
    .filter(({ manager, fieldsV1 }) => manager !== own && manages(fieldsV1, path))
    .toSorted((a, b) => ((a.time ?? "") < (b.time ?? "") ? 1 : -1));
  const [last] = others;
  return last === undefined ? "nobody who says so" : shownManager(last);
}

function shownManager({ manager, operation, time }: ManagedFields): string {
  return `"${manager}" (${[operation, time].filter(Boolean).join(", ")})`;
}

/** fieldsV1 nests `f:<name>`; it ends where a list or map is managed as a whole. */
function manages(fields: Record<string, unknown> | undefined, path: PropertyPath): boolean {
  let at: unknown = fields;
  for (const [depth, key] of path.entries()) {
    const inner = Object(at)[`f:${key}`] as unknown;
    if (inner === undefined) return depth > 0 && Object.keys(Object(at) as object).length === 0;
    at = inner;
  }
  return true;
}
