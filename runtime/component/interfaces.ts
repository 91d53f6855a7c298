import { offers, parseInterface } from "../../model/capability/interfaces.ts";
import { targets } from "../../model/capability/target.ts";
import { SpinError } from "../../model/errors/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
import { importedFunctions } from "../linker/imported-functions.ts";
import { hostFunctions } from "./host-functions.ts";

const host = targets["bundled-host"];

/**
 * What the target table promises and what the binary needs have to meet before anything is compiled:
 * ERR_SPIN_RUNTIME_IMPORT for an import that nobody offers, ERR_SPIN_RUNTIME_EXPORT without a handler to call.
 */
export function checkInterfaces(id: string, bytes: Uint8Array): void {
  const { imports, exports } = inspectWasm(bytes);
  const missing = imports.filter((wanted) => !host.imports.some((offer) => offers(offer, wanted)));
  if (missing.length > 0) throw notOffered(id, missing);
  const unknown = unknownFunctions(bytes);
  if (unknown.length > 0) throw notOffered(id, unknown);
  if (!exports.some((found) => host.exports.some((offer) => offers(offer, found)))) {
    const found = exports.length === 0 ? "nothing" : exports.join(", ");
    const message = `The component "${id}" exports ${found}; expected ${host.exports.join(" or ")}.x.`;
    throw new SpinError("ERR_SPIN_RUNTIME_EXPORT", message);
  }
}

/** Functions that an interface does not have: no binding may look for them in what the host offers. */
function unknownFunctions(bytes: Uint8Array): string[] {
  const imports = importedFunctions(bytes);
  if (imports === undefined) return ["something else than interfaces"];
  return imports.flatMap(({ interface: from, functions }) => {
    const known = hostFunctions[parseInterface(from).name] ?? [];
    return functions.filter((name) => !known.includes(name)).map((name) => `${from}#${name}`);
  });
}

function notOffered(id: string, what: readonly string[]): SpinError {
  const message = `The component "${id}" imports ${what.join(", ")}, which this host does not offer.`;
  return new SpinError("ERR_SPIN_RUNTIME_IMPORT", message);
}
