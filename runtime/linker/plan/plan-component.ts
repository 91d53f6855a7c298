import type {
  ComponentDefinition,
  CoreModule,
  Definition,
} from "../../../model/wasm/component/definitions.ts";
import { resolveAlias } from "../resolve/alias.ts";
import { evaluateType } from "../resolve/evaluate-type.ts";
import { supply, type Supplier, supplierOf } from "../resolve/instance-type.ts";
import { type Component, type Instance, type Item, Scope } from "../resolve/scope.ts";
import { asynchronous, invalid, unsupported } from "../unsupported.ts";
import { liftFunction, lowerFunction, resourceFunction } from "./canon.ts";
import { makeCoreInstance, exportsInstance } from "./core-instance.ts";
import { Draft } from "./draft.ts";
import { hostSupplier } from "./host-imports.ts";
import type { LinkPlan, PlanExport } from "./link-plan.ts";
import { markWaiting } from "./waiting.ts";

/**
 * Instantiates a component on paper: nested components are unfolded, so that what is left are core modules, and functions
 * between them and the host. ERR_SPIN_RUNTIME_LINK for what does not fit together. `waitingImports` are functions of the
 * host that may come to wait, for example `wasi:io/poll#poll`.
 */
export function planComponent(definition: ComponentDefinition, waitingImports: readonly string[]): LinkPlan {
  const draft = new Draft();
  const root = instantiate(
    { definition, scope: undefined },
    hostSupplier(draft, waitingImports),
    null,
    draft,
  );
  const exports = [...root.exports].flatMap(([name, item]) => planExport(name, item));
  return markWaiting(draft.plan(exports));
}

function instantiate(
  component: Component,
  supplier: Supplier,
  parent: number | null,
  draft: Draft,
): Instance {
  const scope = new Scope(component.scope, draft.addInstance(parent));
  const exports = new Map<string, Item>();
  for (const definition of component.definition.definitions) {
    draft.step();
    define(definition, scope, exports, supplier, draft);
  }
  return { exports };
}

function define(
  definition: Definition,
  scope: Scope,
  exports: Map<string, Item>,
  supplier: Supplier,
  draft: Draft,
): void {
  switch (definition.kind) {
    case "core module":
      checkMemories(definition.module);
      return scope.add("core module", definition.module);
    case "core instance":
      return scope.add("core instance", makeCoreInstance(definition, scope, draft));
    case "core exports":
      return scope.add("core instance", exportsInstance(definition.exports, scope));
    case "core type":
      return scope.add("core type", null);
    case "component":
      return scope.add("component", { definition: definition.component, scope });
    case "instance": {
      const args = itemsOf(definition.args, scope);
      const component = scope.get("component", definition.component);
      return scope.add("instance", instantiate(component, supplierOf(args, draft), scope.instance, draft));
    }
    case "exports":
      return scope.add("instance", { exports: itemsOf(definition.exports, scope) });
    case "type":
      if (definition.type.kind === "resource") {
        const { dtor, is64 } = definition.type;
        if (is64 === true) throw unsupported("resources of 64 bits");
        const resource = draft.addGuestResource(
          scope.instance,
          dtor === undefined ? null : scope.get("core func", dtor),
        );
        return scope.add("type", { kind: "resource", resource });
      }
      return scope.add("type", evaluateType(definition.type, scope, draft.table));
    case "lift":
      return scope.add("func", { kind: "lifted", func: liftFunction(definition, scope, draft) });
    case "lower":
      return scope.add("core func", lowerFunction(definition, scope, draft));
    case "resource.new":
    case "resource.drop":
    case "resource.rep":
      return scope.add("core func", resourceFunction(definition, scope, draft));
    case "async canon":
      throw unsupported(asynchronous);
    case "values":
      throw unsupported("values and a start function");
    case "import":
      return scope.addItem(supply(definition.name, definition.type, scope, supplier));
    case "export": {
      if (exports.has(definition.name)) throw invalid(`it exports "${definition.name}" twice`);
      const item = itemAt(definition.item.sort, definition.item.index, scope);
      exports.set(definition.name, item);
      // An ascribed type can only say less than what is exported.
      if (definition.type !== undefined)
        supply(definition.name, definition.type, scope, supplierOf(exports, draft));
      return scope.addItem(item);
    }
    default:
      return resolveAlias(definition, scope);
  }
}

/** Views on a shared memory see other threads; pointers of a 64-bit memory are other types in the canonical ABI. */
function checkMemories({ isShared, is64 }: CoreModule): void {
  if (isShared === true) throw unsupported("shared memories");
  if (is64 === true) throw unsupported("memories of 64 bits");
}

function itemsOf(
  named: readonly (readonly [string, { sort: string; index: number }])[],
  scope: Scope,
): Map<string, Item> {
  const items = new Map<string, Item>();
  for (const [name, { sort, index }] of named) {
    if (items.has(name)) throw invalid(`it gives "${name}" twice`);
    items.set(name, itemAt(sort, index, scope));
  }
  return items;
}

function itemAt(sort: string, index: number, scope: Scope): Item {
  switch (sort) {
    case "func":
    case "type":
    case "component":
    case "instance":
    case "core module":
      return { sort, value: scope.get(sort, index) } as Item;
    default:
      throw invalid(`it passes on a ${sort}`);
  }
}

/** Types are nothing at run time; modules and components are of no use to a host. */
function planExport(name: string, item: Item): PlanExport[] {
  switch (item.sort) {
    case "func":
      return [{ name, kind: "func", func: item.value.func }];
    case "instance":
      return [
        {
          name,
          kind: "instance",
          exports: [...item.value.exports].flatMap(([inner, exported]) => planExport(inner, exported)),
        },
      ];
    case "type":
      return [];
    default:
      throw unsupported(`an exported ${item.sort}`);
  }
}
