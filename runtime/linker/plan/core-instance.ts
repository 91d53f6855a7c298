import type { CoreSort, Named, SortIndex } from "../../../model/wasm/component/definitions.ts";
import type { CoreEntry, CoreInstanceExports, Scope } from "../resolve/scope.ts";
import { invalid } from "../unsupported.ts";
import type { Draft } from "./draft.ts";
import type { CoreInstance } from "./link-plan.ts";

/** Instantiates a core module; every import has to be given, functions with the type that is asked for. */
export function makeCoreInstance(
  { module: index, args }: { module: number; args: readonly Named<number>[] },
  scope: Scope,
  draft: Draft,
): CoreInstanceExports {
  const module = scope.get("core module", index);
  const given = new Map<string, CoreInstanceExports>();
  for (const [name, instance] of args) {
    if (given.has(name)) throw invalid(`it gives a core module "${name}" twice`);
    given.set(name, scope.get("core instance", instance));
  }
  const imports = module.imports.map((wanted): CoreInstance["imports"][number] => {
    draft.step();
    const found = given.get(wanted.module)?.exports.get(wanted.name);
    const label = `"${wanted.module}" "${wanted.name}"`;
    if (found === undefined) throw invalid(`nothing is given for the import ${label} of a core module`);
    if (found.kind !== wanted.kind)
      throw invalid(`a core ${found.kind} is given for the import ${label}, which is a ${wanted.kind}`);
    checkSignature(found, wanted.signature, label);
    return { module: wanted.module, name: wanted.name, item: found.item };
  });
  const core = draft.addCoreInstance(module, scope.instance, imports);
  const exports = module.exports.map(({ name, ...entry }): [string, CoreEntry] => {
    draft.step();
    return [name, { ...entry, item: { core, name } }];
  });
  return { exports: new Map(exports) };
}

/** An instance that only gathers what others export. */
export function exportsInstance(named: readonly Named<SortIndex>[], scope: Scope): CoreInstanceExports {
  const exports = new Map<string, CoreEntry>();
  for (const [name, { sort, index }] of named) {
    if (exports.has(name)) throw invalid(`it has a core instance that exports "${name}" twice`);
    exports.set(name, coreEntry(sort as CoreSort, index, scope));
  }
  return { exports };
}

function coreEntry(sort: CoreSort, index: number, scope: Scope): CoreEntry {
  switch (sort) {
    case "core func":
    case "core table":
    case "core memory":
    case "core global":
    case "core tag":
      return scope.get(sort, index);
    default:
      throw invalid(`it has a core instance that exports a ${sort}`);
  }
}

/** Types other than numbers are left to the engine, which checks them when it instantiates. */
function checkSignature({ signature }: CoreEntry, wanted: string | undefined, label: string): void {
  if (signature === undefined || wanted === undefined || signature.includes("?") || wanted.includes("?"))
    return;
  if (signature !== wanted)
    throw invalid(`a core function (${signature}) is given for the import ${label}, which is (${wanted})`);
}
