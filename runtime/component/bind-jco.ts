/** The second binding: the component becomes JavaScript by jco. Slower, and there for what the linker leaves out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { HostImports } from "../wasi/offer.ts";
import type { BoundComponent, IncomingHandler } from "./bound-component.ts";
import { compileCoreModule, type CoreModule } from "../linker/instantiate/core-module.ts";
import { loadTranspiled } from "./transpile-cache.ts";

type Instantiate = (
  getCoreModule: (name: string) => Promise<CoreModule>,
  imports: HostImports,
) => Promise<{ incomingHandler: IncomingHandler }>;

/** ERR_SPIN_RUNTIME_TRANSPILE when the binary cannot be understood. */
export async function bindWithJco(
  bytes: Uint8Array,
  digest: string,
  cacheDir: string,
): Promise<BoundComponent> {
  const { directory } = await loadTranspiled(cacheDir, digest, () => Promise.resolve(bytes));
  const url = pathToFileURL(join(directory, "component.mjs"));
  const { instantiate } = (await import(url.href)) as { instantiate: Instantiate };
  const modules = new Map<string, Promise<CoreModule>>();
  const getCoreModule = (name: string) => {
    const found = modules.get(name) ?? readFile(join(directory, name)).then(compileCoreModule);
    modules.set(name, found);
    return found;
  };
  return {
    binding: "jco",
    instantiate: async (imports) => (await instantiate(getCoreModule, imports)).incomingHandler,
  };
}
