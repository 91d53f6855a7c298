/**
 * Binds a component to host functions. Those are the functions and classes of runtime/wasi and runtime/factors (see
 * wasi/offer.ts for how they are written); they know nothing of this folder, and each of the two bindings calls them.
 */
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { binaryKind } from "./binary.ts";
import { bindWithJco } from "./bind-jco.ts";
import { bindWithLinker } from "./bind-linker.ts";
import { loadBlob } from "./blobs.ts";
import type { Binding, BindLimits, BoundComponent } from "./bound-component.ts";
import { checkInterfaces } from "./interfaces.ts";

export interface BindOptions {
  /** Component id, for messages. */
  id: string;
  /** `sha256:<hex>` */
  digest: string;
  blobsDir: string;
  cacheDir: string;
  /** By default the linker, and jco for what it does not link. */
  binding?: Binding | undefined;
  limits: BindLimits;
  /** Told when jco takes over, and why. */
  onFallback: (reason: string) => void;
}

/** Loads, checks, links and compiles a component; the codes are those of the steps. */
export async function bindComponent(options: BindOptions): Promise<BoundComponent> {
  const { id, digest, blobsDir, cacheDir, binding, limits } = options;
  const bytes = await loadBlob(blobsDir, digest);
  const kind = binaryKind(bytes);
  if (kind !== "component") {
    throw new SpinError(
      "ERR_SPIN_RUNTIME_NOT_A_COMPONENT",
      `The binary of the component "${id}" is ${described(kind)}.`,
    );
  }
  checkInterfaces(id, bytes);
  if (binding === "jco") return bindWithJco(bytes, digest, cacheDir, limits);
  try {
    return await bindWithLinker(bytes, digest, cacheDir, limits);
  } catch (error) {
    const isLeftOut = isSpinError(error) && error.code === "ERR_SPIN_RUNTIME_LINK_UNSUPPORTED";
    if (!isLeftOut || binding === "linker") throw error;
    options.onFallback(error.message);
    return bindWithJco(bytes, digest, cacheDir, limits);
  }
}

function described(kind: "core module" | "no WebAssembly"): string {
  return kind === "core module"
    ? "a core module; expected a component"
    : "no WebAssembly; expected a component";
}
