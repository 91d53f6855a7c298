/** The second binding: the component becomes JavaScript by jco. Slower, and there for what the linker leaves out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GuestState } from "../reset/guest-state.ts";
import type { ModulePlan } from "../reset/plan.ts";
import type { CoreExports, CoreImports } from "../reset/state/core-objects.ts";
import type { HostImports } from "../wasi/offer.ts";
import type { BindLimits, BoundComponent, IncomingHandler } from "./bound-component.ts";
import {
  compileCoreModule,
  type CoreModule,
  instantiateCoreModule,
} from "../linker/instantiate/core-module.ts";
import { guestInstance } from "./guest-instance.ts";
import { loadRewritten } from "./rewrite-cache.ts";
import { loadTranspiled } from "./transpile-cache.ts";

type Instantiate = (
  getCoreModule: (name: string) => Promise<CoreModule>,
  imports: HostImports,
  instantiateCore: (module: CoreModule, imports?: CoreImports) => Promise<{ exports: CoreExports }>,
) => Promise<{ incomingHandler: IncomingHandler }>;

/** ERR_SPIN_RUNTIME_TRANSPILE when the binary cannot be understood. */
export async function bindWithJco(
  bytes: Uint8Array,
  digest: string,
  cacheDir: string,
  limits: BindLimits,
): Promise<BoundComponent> {
  const { directory } = await loadTranspiled(cacheDir, digest, () => Promise.resolve(bytes));
  const url = pathToFileURL(join(directory, "component.mjs"));
  const { instantiate } = (await import(url.href)) as { instantiate: Instantiate };
  const modules = new Map<string, Promise<CoreModule>>();
  const plans = new Map<CoreModule, ModulePlan>();
  const load = async (name: string): Promise<CoreModule> => {
    const rewritten = await loadRewritten(
      cacheDir,
      `${digest} ${name}`,
      await readFile(join(directory, name)),
      limits,
    );
    const module = await compileCoreModule(rewritten.bytes);
    plans.set(module, rewritten.plan);
    return module;
  };
  const getCoreModule = (name: string) => {
    const found = modules.get(name) ?? load(name);
    modules.set(name, found);
    return found;
  };
  return {
    binding: "jco",
    instantiate: async (imports) => {
      const state = new GuestState();
      const { incomingHandler } = await instantiate(
        getCoreModule,
        imports,
        async (module, coreImports = {}) => {
          const plan = plans.get(module);
          const { exports } = await instantiateCoreModule(module, state.imports(plan, coreImports));
          state.made(plan, exports);
          return { exports };
        },
      );
      state.watch();
      return guestInstance(state, incomingHandler, () => false);
    },
  };
}
