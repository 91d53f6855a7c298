import { offers } from "../../model/capability/interfaces.ts";
import { targets } from "../../model/capability/target.ts";
import { SpinError } from "../../model/errors/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";

const host = targets["bundled-host"];

/**
 * What the target table promises and what the binary needs have to meet before anything is compiled:
 * ERR_SPIN_RUNTIME_IMPORT for an import that nobody offers, ERR_SPIN_RUNTIME_EXPORT without a handler to call.
 */
export function checkInterfaces(id: string, bytes: Uint8Array): void {
  const { imports, exports } = inspectWasm(bytes);
  const missing = imports.filter((wanted) => !host.imports.some((offer) => offers(offer, wanted)));
  if (missing.length > 0) {
    const message = `The component "${id}" imports ${missing.join(", ")}, which this host does not offer.`;
    throw new SpinError("ERR_SPIN_RUNTIME_IMPORT", message);
  }
  if (!exports.some((found) => host.exports.some((offer) => offers(offer, found)))) {
    const found = exports.length === 0 ? "nothing" : exports.join(", ");
    const message = `The component "${id}" exports ${found}; expected ${host.exports.join(" or ")}.x.`;
    throw new SpinError("ERR_SPIN_RUNTIME_EXPORT", message);
  }
}
