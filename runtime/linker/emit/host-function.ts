/** Functions that core modules import and the host performs. */
import { parseInterface } from "../../../model/capability/interfaces.ts";
import type { HostFunction, Options } from "../plan/link-plan.ts";
import { flatten } from "../plan/signature.ts";
import { payloadStart } from "./cases.ts";
import type { ValueContext } from "./context.ts";
import { store } from "./lower.ts";
import { literal, lowerCamel, parseFunctionName, pascal } from "./names.ts";
import { beginWriting, liftParams, lowerResult } from "./parameters.ts";
import type { Source } from "./source.ts";

/**
 * Lifts the parameters, calls the host, lowers what it returns. A host function whose WIT result is a `result` returns the
 * ok value or throws a WitError; whatever else it throws is a trap. Only functions that wait may return a promise.
 */
export function hostTrampoline(index: number, func: HostFunction, options: Options, source: Source): string {
  const flat = flatten(func.type, source.plan.types, "lower");
  const context: ValueContext = {
    source,
    options,
    other: "host",
    notesLent: mayTakeWhatItLends(func, source),
  };
  const lent = context.notesLent ? "lent" : undefined;
  const at = flat.spillsResult ? `a${flat.params.length - 1}` : "0";
  const rest = [at, lent].filter((name) => name !== undefined).join(", ");
  const finished = `done${index}(r, ${rest})`;
  const failed = `return failed${index}(e, ${rest});`;
  const waiting = func.waits
    ? `if (r instanceof Promise) return r.then((r) => ${finished}, (e) => { ${failed} });`
    : "";
  const { ok, err } = outcomes(func, flat.spillsResult, context);
  const unlend = lent === undefined ? "" : `table${options.instance}.unlend(lent);`;
  const names = rest.replace(/^a\d+|^0/, "at");
  return `function t${index}(${flat.params.map((_type, position) => `a${position}`).join(", ")}) {
  if (!leave${options.instance}) throw fail(rt.cannotLeave());
  ${lent === undefined ? "" : "const lent = L = [];"}
  let r;
  try {
    ${liftParams(func.type, flat, context)}
    r = ${call(func, source)};
  } catch (e) { ${failed} }
  ${waiting}
  return ${finished};
}
function done${index}(v, ${names}) {
  try {
    ${unlend}
    ${ok}
  } catch (e) { throw fail(e); }
}
function failed${index}(e, ${names}) {
  ${
    err === undefined
      ? "throw fail(e);"
      : `if (!(e instanceof rt.WitError)) throw fail(e);
  const v = e.payload;
  try {
    ${unlend}
    ${err}
  } catch (e) { throw fail(e); }`
  }
}`;
}

/** Statements that lower `v` as the result; of a `result`, one for each case. */
function outcomes(
  { type }: HostFunction,
  isSpilled: boolean,
  context: ValueContext,
): { ok: string; err: string | undefined } {
  const { source } = context;
  const result = type.result === null ? undefined : source.type(type.result);
  if (type.result === null || result?.kind !== "result") {
    const { statements, value } = lowerResult(type, flatten(type, source.plan.types, "lower"), context);
    return { ok: `${statements} return ${value ?? "undefined"};`, err: undefined };
  }
  // Without payloads the case is the whole result.
  if (!isSpilled) return { ok: "return 0;", err: "return 1;" };
  const begin = beginWriting(type.result, context);
  const start = payloadStart(result, source);
  const write = (discriminant: number, payload: number | null) =>
    `${begin}\nbytes${context.options.memory ?? -1}[q] = ${discriminant};
${payload === null ? "" : store(payload, "v", `q + ${start}`, context)}`;
  return { ok: write(0, result.ok), err: write(1, result.err) };
}

/** Only a call that takes over one handle and borrows another can be asked to take what it lends. */
function mayTakeWhatItLends({ type: { params } }: HostFunction, source: Source): boolean {
  return (
    params.some((param) => source.type(param).hasBorrow) && params.some((param) => source.type(param).hasOwn)
  );
}

/** Expression that calls the host with `p0`, `p1` … */
function call(func: HostFunction, source: Source): string {
  const args = func.type.params.map((_type, position) => `p${position}`);
  const name = parseFunctionName(func.name);
  switch (name.kind) {
    case "method": {
      const method = `${args[0] ?? "undefined"}[${literal(lowerCamel(name.name))}](${args.slice(1).join(", ")})`;
      const missing = missingMethod(func, pascal(name.resource), lowerCamel(name.name), source);
      return `(${missing} === undefined ? ${method} : ${missing}())`;
    }
    case "static":
      return `${hostItem(func, pascal(name.resource), source, lowerCamel(name.name))}[${literal(lowerCamel(name.name))}](${args.join(", ")})`;
    case "constructor":
      return `new ${hostItem(func, pascal(name.resource), source)}(${args.join(", ")})`;
    case "plain":
      return `${hostItem(func, lowerCamel(name.name), source)}(${args.join(", ")})`;
  }
}

/** A function or class, which has to have this static method, that the host offers; looked up once per instance. */
function hostItem(func: HostFunction, item: string, source: Source, method?: string): string {
  const { name } = parseInterface(func.interface);
  return source.once(
    "c",
    `${name}#${item}${method === undefined ? "" : `.${method}`}`,
    (constant) =>
      `const ${constant} = rt.hostItem(host, ${[name, item, ...(method === undefined ? [] : [method])].map(literal).join(", ")});`,
  );
}

/** `undefined` for a method that the class of a resource has; looked up once per instance. */
function missingMethod(func: HostFunction, resource: string, method: string, source: Source): string {
  const { name } = parseInterface(func.interface);
  return source.once(
    "m",
    `${name}#${resource}.${method}`,
    (constant) =>
      `const ${constant} = rt.missingMethod(host, ${[name, resource, method].map(literal).join(", ")});`,
  );
}
