/**
 * Binds a component to host functions with jco: the component becomes JavaScript that calls the functions of
 * runtime/wasi and runtime/factors. Those know nothing of this folder, so that another binding can take its place.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SpinError } from "../../model/errors/index.ts";
import type { HostImports } from "../wasi/offer.ts";
import { binaryKind } from "./binary.ts";
import { loadBlob } from "./blobs.ts";
import { compileCoreModule, type CoreModule } from "./core-module.ts";
import { checkInterfaces } from "./interfaces.ts";
import { loadTranspiled } from "./transpile-cache.ts";

export interface BindOptions {
  /** Component id, for messages. */
  id: string;
  /** `sha256:<hex>` */
  digest: string;
  blobsDir: string;
  cacheDir: string;
}

/** What a trigger calls; resources are those of runtime/wasi/http. */
export interface IncomingHandler {
  handle(request: unknown, responseOutparam: unknown): Promise<void>;
}

export interface BoundComponent {
  /** A fresh instance: WASI 0.2 components keep state, so one must never serve two requests. */
  instantiate(imports: HostImports): Promise<IncomingHandler>;
}

type Instantiate = (
  getCoreModule: (name: string) => Promise<CoreModule>,
  imports: HostImports,
) => Promise<{ incomingHandler: IncomingHandler }>;

/** Loads, checks, transpiles and compiles a component; the codes are those of the steps. */
export async function bindComponent({
  id,
  digest,
  blobsDir,
  cacheDir,
}: BindOptions): Promise<BoundComponent> {
  const bytes = await loadBlob(blobsDir, digest);
  const kind = binaryKind(bytes);
  if (kind !== "component") {
    throw new SpinError(
      "ERR_SPIN_RUNTIME_NOT_A_COMPONENT",
      `The binary of the component "${id}" is ${described(kind)}.`,
    );
  }
  checkInterfaces(id, bytes);
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
    instantiate: async (imports) => (await instantiate(getCoreModule, imports)).incomingHandler,
  };
}

function described(kind: "core module" | "no WebAssembly"): string {
  return kind === "core module"
    ? "a core module; expected a component"
    : "no WebAssembly; expected a component";
}
