/** The first binding: the host's own linker. */
import { parseInterface } from "../../model/capability/interfaces.ts";
import { linkComponent } from "../linker/link.ts";
import { loadPlan } from "../linker/plan-cache.ts";
import type { BoundComponent, IncomingHandler } from "./bound-component.ts";
import { waitingImports } from "./waiting-imports.ts";

/** Codes as of `makePlan`; ERR_SPIN_RUNTIME_LINK_UNSUPPORTED says that another binding may do. */
export async function bindWithLinker(
  bytes: Uint8Array,
  digest: string,
  cacheDir: string,
): Promise<BoundComponent> {
  const plan = await loadPlan(cacheDir, digest, bytes, waitingImports);
  const linked = await linkComponent(bytes, plan);
  const handler =
    plan.exports.find(({ name }) => parseInterface(name).name === "wasi:http/incoming-handler")?.name ?? "";
  return {
    binding: "linker",
    instantiate: async (imports) => {
      const { handle } = linked.instantiate(imports).exports[handler] as IncomingHandler;
      return { handle: async (request, responseOutparam) => handle(request, responseOutparam) };
    },
  };
}
