/** What the host may call. */
import type { HostFunction, LiftedFunction, PlanExport } from "../plan/link-plan.ts";
import { flatten } from "../plan/signature.ts";
import { unsupported } from "../unsupported.ts";
import { postReturn } from "./adapter.ts";
import type { ValueContext } from "./context.ts";
import { enter, enteredInstances, leave } from "./entering.ts";
import { literal, lowerCamel, parseFunctionName } from "./names.ts";
import { liftResult, lowerParams } from "./parameters.ts";
import type { Source } from "./source.ts";

/** Expression for an object with the exports by their names; functions by theirs in lower camel case. */
export function exportsObject(exports: readonly PlanExport[], source: Source): string {
  const entries = exports.map((entry) => {
    if (entry.kind === "instance") return `[${literal(entry.name)}]: ${exportsObject(entry.exports, source)}`;
    const { name } = entry;
    const key = parseFunctionName(name).kind === "plain" ? lowerCamel(name) : name;
    return `[${literal(key)}]: ${exportedFunction(entry.func, source)}`;
  });
  return `{ __proto__: null, ${entries.join(", ")} }`;
}

function exportedFunction(func: LiftedFunction | HostFunction, source: Source): string {
  if (!("core" in func)) throw unsupported("an import that it exports again");
  const { type, options } = func;
  return source.once("export", JSON.stringify([func.core, type, options]), (name) => {
    const flat = flatten(type, source.plan.types, "lift");
    const context: ValueContext = { source, options, other: "host", notesLent: false };
    const { statements, names } = lowerParams(type, flat, context);
    const entered = enteredInstances(options.instance, null, source.plan);
    const hasBorrow = type.params.some((param) => source.type(param).hasBorrow);
    const rest = hasBorrow ? ", scope" : "";
    const waits = source.plan.instances[options.instance]?.waits === true;
    const call = waits ? source.promisingFunction(func.core) : source.coreFunction(func.core);
    const isResult = type.result !== null && source.type(type.result).kind === "result";
    return `function ${name}(${type.params.map((_type, position) => `p${position}`).join(", ")}) {
  if (dead !== undefined) throw rt.isDead(dead);
  ${enter(entered)}
  let r;
  try {
    ${hasBorrow ? "const scope = S = { left: 0 };" : ""}
    ${statements}
    ${waits ? "flag.value = 1;" : ""}
    r = ${call}(${names.join(", ")});
    ${waits ? `return r.then((r) => ${name}done(r${rest}), (e) => { throw fail(e); });` : `r = ${name}done(r${rest});`}
  } catch (e) { throw fail(e); }
  ${waits ? "" : `return ${unwrapped("r", isResult)};`}
}
function ${name}done(r${rest}) {
  let w;
  try {
    ${liftResult(type, flat, context)}
    w = v;
    if (dead !== undefined) throw dead;
    ${hasBorrow ? "if (scope.left !== 0) throw rt.borrowsLeft();" : ""}
    ${postReturn(func, source)}
    ${leave(entered)}
  } catch (e) { throw fail(e); }
  return ${waits ? unwrapped("w", isResult) : "w"};
}`;
  });
}

/** As with host functions, the error case of a `result` is thrown. */
function unwrapped(value: string, isResult: boolean): string {
  return isResult ? `rt.unwrap(${value})` : value;
}
