/** Component instances are not re-entered (CanonicalABI.md: `ComponentInstance.entering_set`). */
import type { LinkPlan } from "../plan/link-plan.ts";

/** Instances that a call into `callee` enters: it and what it is inside of, but for where the caller already is. */
export function enteredInstances(callee: number, caller: number | null, plan: LinkPlan): number[] {
  const around = caller === null ? [] : selfAndAncestors(caller, plan);
  return selfAndAncestors(callee, plan).filter((instance) => !around.includes(instance));
}

/** Statements before a call. */
export function enter(instances: readonly number[]): string {
  if (instances.length === 0) return "";
  const isFree = instances.map((instance) => `enter${instance}`).join(" && ");
  return `if (!(${isFree})) throw rt.cannotEnter(); ${set(instances, false)}`;
}

/** Statements after it. */
export function leave(instances: readonly number[]): string {
  return instances.length === 0 ? "" : set(instances, true);
}

function set(instances: readonly number[], value: boolean): string {
  return instances.map((instance) => `enter${instance} = ${value};`).join(" ");
}

function selfAndAncestors(instance: number, plan: LinkPlan): number[] {
  const found: number[] = [];
  for (let next: number | null = instance; next !== null; next = plan.instances[next]?.parent ?? null)
    found.push(next);
  return found;
}
