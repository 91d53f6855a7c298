import { isSpinError, type SpinError } from "../../model/errors/index.ts";
import { compileCoreModule, type CoreModule } from "./instantiate/core-module.ts";
import type { HostImports } from "../wasi/offer.ts";
import { dispatchModule } from "./emit/dispatch-module.ts";
import { emitComponent } from "./emit/emit-component.ts";
import type { HandleTable } from "./instantiate/handle-table.ts";
import * as support from "./instantiate/support.ts";
import { type CoreExports, type CoreImports, webAssembly } from "./instantiate/webassembly.ts";
import { parseComponent } from "../../model/wasm/component/component.ts";
import type { LinkPlan } from "./plan/link-plan.ts";
import { planComponent } from "./plan/plan-component.ts";
import { invalid, unsupported } from "./unsupported.ts";

/** An instance of a component. It serves one call at a time; after a failure it serves none. */
export interface LinkedInstance {
  /** By the names of the component; functions in lower camel case. Those of instances that may wait return promises. */
  exports: Readonly<Record<string, unknown>>;
  /** Exports of the core instances, in the order of the plan. */
  cores: readonly CoreExports[];
  /** Handles of the component instances, in the order of the plan. */
  tables: readonly HandleTable[];
  /** Why the instance can serve no more calls. */
  failure(): Error | undefined;
}

/** Told of the making of an instance: what has to know its memories, globals and tables takes part here. */
export interface InstanceHooks {
  /** Before a core instance of this module of the plan is made: its imports, or others in their place. */
  imports(module: number, imports: CoreImports): CoreImports;
  /** After it was made. */
  made(module: number, exports: CoreExports): void;
  /** For each memory that the host writes into: what is told of every range that is about to be written. */
  writesTo(memory: unknown): (address: number, size: number) => void;
}

export interface LinkedComponent {
  plan: LinkPlan;
  instantiate(host: HostImports, hooks?: InstanceHooks): LinkedInstance;
}

/** ERR_SPIN_WASM_*, ERR_SPIN_RUNTIME_LINK or ERR_SPIN_RUNTIME_LINK_UNSUPPORTED when there is no plan. */
export function makePlan(bytes: Uint8Array, waitingImports: readonly string[]): LinkPlan {
  const plan = planComponent(parseComponent(bytes), waitingImports);
  if (webAssembly.Suspending === undefined && plan.instances.some(({ waits }) => waits))
    throw unsupported("functions that wait, and this Node has no JavaScript Promise Integration");
  return plan;
}

/** Makes core modules of a component's bytes, in the order of the plan. A place to rewrite them first. */
export type CompileModule = (bytes: Uint8Array, index: number) => Promise<CoreModule>;

/** Compiles what the plan says; after this, instances cost what their core modules do. */
export async function linkComponent(
  bytes: Uint8Array,
  plan: LinkPlan,
  compile: CompileModule = compileCoreModule,
): Promise<LinkedComponent> {
  // oxlint-disable-next-line no-implied-eval -- the code is our own; what the component names stands in it as strings
  const make = new Function("W", "rt", emitComponent(plan)) as (
    namespace: object,
    rt: object,
  ) => (
    modules: readonly CoreModule[],
    host: HostImports,
    hooks?: InstanceHooks,
    dispatch?: CoreModule,
  ) => LinkedInstance;
  const instantiate = make(webAssembly, support);
  const between = dispatchModule(plan);
  const dispatch = between === undefined ? undefined : await compileCoreModule(between);
  const modules = await Promise.all(
    plan.modules.map(({ offset, size }, index) =>
      compile(bytes.subarray(offset, offset + size), index).catch((cause: unknown) => {
        throw isSpinError(cause) ? cause : badModule(cause);
      }),
    ),
  );
  return { plan, instantiate: (host, hooks) => instantiate(modules, host, hooks, dispatch) };
}

function badModule(cause: unknown): SpinError {
  return invalid(`a core module in it is none: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
}
