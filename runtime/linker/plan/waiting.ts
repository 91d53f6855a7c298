import type { LinkPlan, Trampoline } from "./link-plan.ts";

/** Marks the component instances whose functions may come to wait, by themselves or through another that they call. */
export function markWaiting(plan: LinkPlan): LinkPlan {
  for (let changed = true; changed;) {
    changed = false;
    for (const trampoline of plan.trampolines) {
      const instance = plan.instances[instanceOf(trampoline)];
      if (instance === undefined || instance.waits || !mayWait(trampoline, plan)) continue;
      instance.waits = true;
      changed = true;
    }
  }
  return plan;
}

/** Whether a call of this function may have to be suspended. */
export function mayWait(trampoline: Trampoline, { instances }: LinkPlan): boolean {
  switch (trampoline.kind) {
    case "host":
      return trampoline.func.waits;
    case "adapter":
      return instances[trampoline.callee.options.instance]?.waits === true;
    default:
      return false;
  }
}

function instanceOf(trampoline: Trampoline): number {
  return "options" in trampoline ? trampoline.options.instance : trampoline.instance;
}
