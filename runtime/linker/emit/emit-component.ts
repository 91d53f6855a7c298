import type { CoreInstance, CoreItem, LinkPlan, Trampoline } from "../plan/link-plan.ts";
import { adapterTrampoline } from "./adapter.ts";
import { waitingTrampolines } from "./dispatch-module.ts";
import { exportsObject } from "./exports.ts";
import { hostTrampoline } from "./host-function.ts";
import { literal } from "./names.ts";
import { destroyFunction, resourceTrampoline } from "./resource.ts";
import { Source } from "./source.ts";

/**
 * JavaScript that makes instances of a component: the body of a function of `W` (WebAssembly) and `rt` (the functions of
 * instantiate/support) that returns `(modules, host, hooks, dispatch) => LinkedInstance`. Names are those of Source.
 */
export function emitComponent(plan: LinkPlan): string {
  const source = new Source(plan);
  for (const [index, trampoline] of plan.trampolines.entries())
    source.add(emitTrampoline(index, trampoline, source));
  for (const [index, resource] of plan.resources.entries())
    if (resource.kind === "guest") source.add(destroyFunction(index, source));
  const exports = exportsObject(plan.exports, source);
  const each = (count: number, text: (index: number) => string) =>
    Array.from({ length: count }, (_none, index) => text(index)).join("\n");
  const { instances, memories, coreInstances } = plan;
  const flags = each(instances.length, (index) => `leave${index} = enter${index} = false;`);
  return `"use strict";
return function instantiate(modules, host, hooks, dispatch) {
let dead, P = 0, N = 0, L, S, fuel = 0;
const flag = new W.Global({ value: "i32", mutable: true }, 0);
${each(instances.length, (index) => `const table${index} = new rt.HandleTable(); let leave${index} = true, enter${index} = true;`)}
${each(memories.length, declareMemory)}
${declareFunctions(source)}
function fail(e) {
  if (dead === undefined) { dead = rt.trapOf(e); ${flags} }
  return dead;
}
${source.text}
${declareDispatch(plan)}
${coreInstances.map((instance, index) => emitCoreInstance(index, instance, source)).join("\n")}
return {
  exports: ${exports},
  cores: [${coreInstances.map((_instance, index) => `core${index}`).join(", ")}],
  tables: [${instances.map((_instance, index) => `table${index}`).join(", ")}],
  failure: () => dead,
};
};`;
}

function emitTrampoline(index: number, trampoline: Trampoline, source: Source): string {
  switch (trampoline.kind) {
    case "host":
      return hostTrampoline(index, trampoline.func, trampoline.options, source);
    case "adapter":
      return adapterTrampoline(index, trampoline.callee, trampoline.options, source);
    default:
      return resourceTrampoline(index, trampoline, source);
  }
}

function declareMemory(index: number): string {
  return `let memory${index}, bytes${index} = rt.noBytes, view${index}, buffer${index}, mark${index};
function refresh${index}() {
  const b = memory${index}.buffer;
  bytes${index} = new Uint8Array(b);
  view${index} = new DataView(b);
  buffer${index} = rt.bufferOf(b);
}`;
}

function declareFunctions({ coreFunctions, promisingFunctions }: Source): string {
  const names = [...coreFunctions, ...promisingFunctions].map(({ name }) => name);
  return names.length === 0 ? "" : `let ${names.join(", ")};`;
}

/** Makes a core instance, and takes from it what generated code calls. */
function emitCoreInstance(index: number, { module, imports }: CoreInstance, source: Source): string {
  const modules = new Map<string, string[]>();
  for (const { module: from, name, item } of imports) {
    const entries = modules.get(from) ?? [];
    entries.push(`[${literal(name)}]: ${importedItem(item, source.plan)}`);
    modules.set(from, entries);
  }
  const object = [...modules].map(([from, entries]) => `[${literal(from)}]: { ${entries.join(", ")} }`);
  const isOwn = (item: CoreItem): item is Extract<CoreItem, { core: number }> =>
    "core" in item && item.core === index;
  const taken = [
    ...source.coreFunctions
      .filter(({ item }) => isOwn(item))
      .map(({ name, item }) => `${name} = ${exported(item)};`),
    ...source.promisingFunctions
      .filter(({ item }) => isOwn(item))
      .map(({ name, item }) => `${name} = W.promising(${exported(item)});`),
    ...source.plan.memories.flatMap((item, memory) =>
      isOwn(item)
        ? [`memory${memory} = ${exported(item)};`, `mark${memory} = hooks?.writesTo(memory${memory});`]
        : [],
    ),
  ];
  return `const imports${index} = { ${object.join(", ")} };
const core${index} = new W.Instance(modules[${module}], hooks === undefined ? imports${index} : hooks.imports(${module}, imports${index})).exports;
hooks?.made(${module}, core${index});
${taken.join("\n")}`;
}

function importedItem(item: CoreItem, plan: LinkPlan): string {
  if ("core" in item) return exported(item);
  return waitingTrampolines(plan).includes(item.trampoline)
    ? `waiting[${item.trampoline}]`
    : `t${item.trampoline}`;
}

/** `flag`, and `waiting` with what core modules import for each trampoline that waits; see dispatch-module.ts. */
function declareDispatch(plan: LinkPlan): string {
  const waiting = waitingTrampolines(plan);
  if (waiting.length === 0) return "";
  const each = (text: (index: number) => string) =>
    waiting.map((index) => `${index}: ${text(index)}`).join(", ");
  return `const waiting = new W.Instance(dispatch, {
  flag: { "": flag },
  suspending: { ${each((index) => `new W.Suspending(t${index})`)} },
  plain: { ${each((index) => `(...a) => { const r = t${index}(...a); if (r instanceof Promise) { r.catch(() => {}); throw fail(rt.cannotWait()); } return r; }`)} },
}).exports;`;
}

function exported({ core, name }: Extract<CoreItem, { core: number }>): string {
  return `core${core}[${literal(name)}]`;
}
