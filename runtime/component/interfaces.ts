import { offers, parseInterface } from "../../model/capability/interfaces.ts";
import { targets } from "../../model/capability/target.ts";
import { SpinError } from "../../model/errors/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
import { importedInterfaces } from "../linker/imported-interfaces.ts";
import { hostInterfaces } from "./host-interfaces/index.ts";

const host = targets["bundled-host"];

/**
 * What the target table promises and what the binary needs have to meet before anything is compiled:
 * ERR_SPIN_RUNTIME_IMPORT for an import that nobody offers, ERR_SPIN_RUNTIME_EXPORT without a handler to call.
 */
export function checkInterfaces(id: string, bytes: Uint8Array): void {
  const { imports, exports } = inspectWasm(bytes);
  const missing = imports.filter((wanted) => !host.imports.some((offer) => offers(offer, wanted)));
  if (missing.length > 0) throw notOffered(id, missing);
  const unknown = unlikeTheHost(bytes);
  if (unknown.length > 0) throw notOffered(id, unknown);
  if (!exports.some((found) => host.exports.some((offer) => offers(offer, found)))) {
    const found = exports.length === 0 ? "nothing" : exports.join(", ");
    const message = `The component "${id}" exports ${found}; expected ${host.exports.join(" or ")}.x.`;
    throw new SpinError("ERR_SPIN_RUNTIME_EXPORT", message);
  }
}

/**
 * What an interface does not have, or has otherwise: no binding may look for it in what the host offers, nor hand over
 * something else than the host's functions take it for.
 */
function unlikeTheHost(bytes: Uint8Array): string[] {
  const imports = importedInterfaces(bytes);
  if (imports === undefined) return ["something else than interfaces"];
  return imports.flatMap(({ interface: from, types, functions }) => {
    const offered = hostInterfaces[parseInterface(from).name];
    return [
      ...unlike(types, offered?.types ?? {}).map((found) => `${from}.${found}`),
      ...unlike(functions, offered?.functions ?? {}).map((found) => `${from}#${found}`),
    ];
  });
}

function unlike(wanted: ReadonlyMap<string, string>, offered: Readonly<Record<string, string>>): string[] {
  return [...wanted].flatMap(([name, text]) => {
    const known = Object.hasOwn(offered, name) ? offered[name] : undefined;
    if (known === text) return [];
    return known === undefined ? [name] : [`${name} as ${shorten(text)} (here it is ${shorten(known)})`];
  });
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function notOffered(id: string, what: readonly string[]): SpinError {
  const message = `The component "${id}" imports ${what.join(", ")}, which this host does not offer.`;
  return new SpinError("ERR_SPIN_RUNTIME_IMPORT", message);
}
