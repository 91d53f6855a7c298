/** The first binding: the host's own linker. Its instances are reset after a request and serve the next. */
import { parseInterface } from "../../model/capability/interfaces.ts";
import { linkComponent, type LinkedComponent } from "../linker/link.ts";
import { loadPlan } from "../linker/plan-cache.ts";
import { GuestState } from "../reset/guest-state.ts";
import type { ModulePlan, Obstacle, ResetLevel } from "../reset/plan.ts";
import type { MemoryImage } from "../reset/state/memory-image.ts";
import type { HostImports } from "../wasi/offer.ts";
import type { BindLimits, BoundComponent, ComponentInstance, IncomingHandler } from "./bound-component.ts";
import { compileCoreModule } from "../linker/instantiate/core-module.ts";
import { guestInstance } from "./guest-instance.ts";
import { loadRewritten } from "./rewrite-cache.ts";
import { waitingImports } from "./waiting-imports.ts";

/** Codes as of `makePlan`; ERR_SPIN_RUNTIME_LINK_UNSUPPORTED says that another binding may do. */
export async function bindWithLinker(
  bytes: Uint8Array,
  digest: string,
  cacheDir: string,
  limits: BindLimits,
): Promise<BoundComponent> {
  const plan = await loadPlan(cacheDir, digest, bytes, waitingImports);
  const plans: ModulePlan[] = [];
  const linked = await linkComponent(bytes, plan, async (module, index) => {
    const rewritten = await loadRewritten(cacheDir, `${digest} ${index}`, module, limits);
    plans[index] = rewritten.plan;
    return compileCoreModule(rewritten.bytes);
  });
  const handler =
    plan.exports.find(({ name }) => parseInterface(name).name === "wasi:http/incoming-handler")?.name ?? "";
  const images: SharedImages = { known: undefined, areAlike: true, say: limits.onLevel };
  return {
    binding: "linker",
    instantiate: async (imports) => instantiate(linked, plans, handler, imports, images),
  };
}

// oxlint-disable-next-line node/no-process-env -- test builds look at everything after each reset
const verify = { verify: process.env["NODE_ENV"] === "test" };

/** What instances of a component begin with. Where they differ, its beginning is not the same each time. */
interface SharedImages {
  known: readonly MemoryImage[] | undefined;
  areAlike: boolean;
  /** Told once when instances cannot be reset in the cheapest way. */
  say: ((line: string) => void) | undefined;
}

function instantiate(
  linked: LinkedComponent,
  plans: readonly ModulePlan[],
  handler: string,
  imports: HostImports,
  shared: SharedImages,
): ComponentInstance {
  const state = new GuestState(verify);
  const { exports, tables, failure } = linked.instantiate(imports, {
    imports: (module, given) => state.imports(plans[module], given),
    made: (module, made) => state.made(plans[module], made),
    writesTo: (memory) => state.writesTo(memory),
  });
  state.watch();
  const { level, images, obstacles } = state.capture(shared.known);
  shared.areAlike &&= shared.known === undefined || images.every((image, at) => image === shared.known?.[at]);
  shared.known ??= images;
  for (const table of tables) table.capture();
  // A handle from before the first request stands for something of the host's, which nobody brings back.
  if (level !== "dirty-pages") shared.say?.(described(level, obstacles));
  else if (!shared.areAlike)
    shared.say?.("gets a fresh instance for each request: it begins differently each time");
  if (level !== "dirty-pages" || !shared.areAlike) shared.say = undefined;
  const canReset = level !== "fresh-instance" && tables.every(({ size }) => size === 0);
  return guestInstance(state, exports[handler] as IncomingHandler, () => {
    if (!canReset || !shared.areAlike || failure() !== undefined || !state.restore()) return false;
    for (const table of tables) table.restore();
    return true;
  });
}

function described(level: ResetLevel, obstacles: readonly Obstacle[]): string {
  const way = level === "memory" ? "has all its memory restored after" : "gets a fresh instance for";
  const reasons = new Set(obstacles.map(({ reason }) => `it ${reason}`));
  return `${way} each request: ${[...reasons].join("; ")}`;
}
