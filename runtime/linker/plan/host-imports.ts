import { parseInterface } from "../../../model/capability/interfaces.ts";
import type { FuncType } from "./link-plan.ts";
import type { Supplier } from "../resolve/instance-type.ts";
import { supplyInstance } from "../resolve/instance-type.ts";
import type { Func } from "../resolve/scope.ts";
import { unsupported } from "../unsupported.ts";
import type { Draft } from "./draft.ts";

/** The host gives what a component imports, whatever its type: whether the host has it is asked before. */
export function hostSupplier(draft: Draft, waitingImports: readonly string[]): Supplier {
  const waiting = new Set(waitingImports);
  const func = (from: string, name: string, type: FuncType): Func => {
    const waits = waiting.has(`${parseInterface(from).name}#${name}`);
    return { kind: "host", func: { interface: from, name, type, waits } };
  };
  const resource = (from: string, name: string) => draft.addHostResource(from, name);
  const refuse = (what: string): never => {
    throw unsupported(`an imported ${what}`);
  };
  const inInterface = (from: string): Supplier => ({
    func: (name, type) => func(from, name, type),
    resource: (name) => resource(from, name),
    equal: (_name, type) => type,
    instance: () => refuse("instance inside an interface"),
    other: (_name, sort) => refuse(sort),
  });
  return {
    ...inInterface(""),
    instance: (name, type) => supplyInstance(type, inInterface(name), draft),
  };
}
