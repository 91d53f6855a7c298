/** Functions that one component of a composition imports and another exports. */
import type { LiftedFunction, Options } from "../plan/link-plan.ts";
import { flatten } from "../plan/signature.ts";
import type { ValueContext } from "./context.ts";
import { enter, enteredInstances, leave } from "./entering.ts";
import { liftParams, liftResult, lowerParams, lowerResult } from "./parameters.ts";
import type { Source } from "./source.ts";

/**
 * Lifts parameters from the caller and lowers them into the callee, then the other way for the result. No stack can be
 * suspended across a JavaScript frame: where the callee may wait, it runs on a stack of its own and the caller's is
 * suspended until it is done.
 */
export function adapterTrampoline(
  index: number,
  callee: LiftedFunction,
  options: Options,
  source: Source,
): string {
  const { type } = callee;
  const to = callee.options.instance;
  const from: ValueContext = { source, options, other: "component", notesLent: true };
  const into: ValueContext = { source, options: callee.options, other: "component", notesLent: false };
  const lowered = flatten(type, source.plan.types, "lower");
  const lifted = flatten(type, source.plan.types, "lift");
  const entered = enteredInstances(to, options.instance, source.plan);
  const hasBorrow = type.params.some((param) => source.type(param).hasBorrow);
  const lends = hasBorrow ? "const lent = L = [];" : "";
  const scope = hasBorrow ? "const scope = S = { left: 0 };" : "";
  const rest = `${lowered.spillsResult ? `a${lowered.params.length - 1}` : "0"}${hasBorrow ? ", lent, scope" : ""}`;
  const { statements, names } = lowerParams(type, lifted, into);
  const waits = source.plan.instances[to]?.waits === true;
  const call = waits ? source.promisingFunction(callee.core) : source.coreFunction(callee.core);
  const result = lowerResult(type, lowered, from);
  return `function t${index}(${lowered.params.map((_type, position) => `a${position}`).join(", ")}) {
  if (!leave${options.instance}) throw fail(rt.cannotLeave());
  try {
    ${enter(entered)}
    ${lends}
    ${liftParams(type, lowered, from)}
    ${scope}
    ${statements}
    ${waits ? "flag.value = 1;" : ""}
    const r = ${call}(${names.join(", ")});
    return ${waits ? `r.then((r) => done${index}(r, ${rest}), (e) => { throw fail(e); })` : `done${index}(r, ${rest})`};
  } catch (e) { throw fail(e); }
}
function done${index}(r, at${hasBorrow ? ", lent, scope" : ""}) {
  try {
    if (dead !== undefined) throw dead;
    ${liftResult(type, lifted, into)}
    ${hasBorrow ? "if (scope.left !== 0) throw rt.borrowsLeft();" : ""}
    ${result.statements}
    ${postReturn(callee, source)}
    ${leave(entered)}
    ${hasBorrow ? `table${options.instance}.unlend(lent);` : ""}
    return ${result.value ?? "undefined"};
  } catch (e) { throw fail(e); }
}`;
}

/** Statement that lets the callee free what it returned. */
export function postReturn({ options, type }: LiftedFunction, source: Source): string {
  if (options.postReturn === null) return "";
  const { results } = flatten(type, source.plan.types, "lift");
  const { instance } = options;
  return `leave${instance} = false; ${source.coreFunction(options.postReturn)}(${results.length > 0 ? "r" : ""}); if (dead !== undefined) throw dead; leave${instance} = true;`;
}
