/** What a token shall allow: `repository:acme/shop:pull,push` (distribution, docs/spec/auth/scope.md). */
import { byCodeUnit } from "../../model/json.ts";

export type Access = "pull" | "push" | "delete";

const actionsFor: Record<Access, string> = { pull: "pull", push: "pull,push", delete: "delete,pull,push" };

export function repositoryScope(repository: string, access: Access): string {
  return `repository:${repository}:${actionsFor[access]}`;
}

/** One scope for each resource, with all actions, sorted: equal needs, equal lists. */
export function mergeScopes(scopes: readonly string[]): string[] {
  const byResource = new Map<string, Set<string>>();
  for (const [resource, actions] of scopes.map(split)) {
    const known = byResource.get(resource) ?? new Set();
    for (const action of actions) known.add(action);
    byResource.set(resource, known);
  }
  return [...byResource]
    .map(([resource, actions]) => join(resource, [...actions].sort(byCodeUnit)))
    .sort(byCodeUnit);
}

/** Whether a token for `held` may be used where `needed` is needed. */
export function covers(held: readonly string[], needed: readonly string[]): boolean {
  const actionsOf = new Map(held.map((scope) => split(scope)));
  return needed.map(split).every(([resource, actions]) => {
    const has = actionsOf.get(resource);
    return has !== undefined && (has.includes("*") || actions.every((action) => has.includes(action)));
  });
}

/** A scope with fewer than three parts, as ECR Public's `aws`, stays as it is. */
function split(scope: string): [string, string[]] {
  const colon = scope.lastIndexOf(":");
  if (scope.indexOf(":") === colon) return [scope, []];
  return [
    scope.slice(0, colon),
    scope
      .slice(colon + 1)
      .split(",")
      .filter(Boolean),
  ];
}

function join(resource: string, actions: string[]): string {
  return actions.length === 0 ? resource : `${resource}:${actions.join(",")}`;
}
