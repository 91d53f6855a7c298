/** The canonical functions `resource.new`, `resource.rep` and `resource.drop`. */
import type { Trampoline } from "../plan/link-plan.ts";
import { enter, enteredInstances, leave } from "./entering.ts";
import type { Source } from "./source.ts";

type ResourceTrampoline = Extract<Trampoline, { kind: `resource.${string}` }>;

export function resourceTrampoline(
  index: number,
  { kind, resource, instance }: ResourceTrampoline,
  source: Source,
): string {
  const table = `table${instance}`;
  const mayLeave = `if (!leave${instance}) throw fail(rt.cannotLeave());`;
  switch (kind) {
    case "resource.new":
      return `function t${index}(a) {
  ${mayLeave}
  try { return ${table}.add(${resource}, a); } catch (e) { throw fail(e); }
}`;
    case "resource.rep":
      return `function t${index}(a) {
  try { return ${table}.rep(a >>> 0, ${resource}); } catch (e) { throw fail(e); }
}`;
    case "resource.drop":
      return `function t${index}(a) {
  ${mayLeave}
  try {
    const v = ${table}.drop(a >>> 0, ${resource});
    if (v !== rt.borrowed) { ${destruction(resource, instance, source)} }
  } catch (e) { throw fail(e); }
}`;
  }
}

/** `(rep)`: ends a resource that a guest implements and the host owned. */
export function destroyFunction(resource: number, source: Source): string {
  return `function destroy${resource}(v) {
  if (dead !== undefined) return;
  try { ${destruction(resource, null, source)} } catch (e) { throw fail(e); }
}`;
}

/** Statements that end the resource `v`. */
function destruction(index: number, caller: number | null, source: Source): string {
  const resource = source.plan.resources[index];
  if (resource === undefined) return "";
  if (resource.kind === "host") return "rt.dispose(v);";
  if (resource.dtor === null) return "";
  const entered = enteredInstances(resource.instance, caller, source.plan);
  // No stack can be suspended across this function: the destructor may do only what does not wait.
  const [before, after] =
    source.plan.instances[resource.instance]?.waits === true
      ? ["const suspendable = flag.value; flag.value = 0;", "flag.value = suspendable;"]
      : ["", ""];
  return `${enter(entered)} ${before} ${source.coreFunction(resource.dtor)}(v); if (dead !== undefined) throw dead; ${after} ${leave(entered)}`;
}
