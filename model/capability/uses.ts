/** By which imports of its binary a component uses what it is granted (crates/capabilities/src/lib.rs). */
import { parseInterface } from "./interfaces.ts";

export const capabilityKinds = [
  "outbound-host",
  "key-value-store",
  "sqlite-database",
  "ai-model",
  "file",
  "variable",
] as const;
export type CapabilityKind = (typeof capabilityKinds)[number];

const interfacesOf: Record<CapabilityKind, RegExp> = {
  "outbound-host":
    /^(wasi:http\/(outgoing-handler|client)|wasi:sockets\/(types|tcp|udp|tcp-create-socket|udp-create-socket|ip-name-lookup)|(fermyon:spin|spin:\w+)\/(http|mysql|postgres|redis|mqtt))$/,
  "key-value-store": /^((fermyon:spin|spin:key-value)\/key-value|wasi:keyvalue\/store)$/,
  "sqlite-database": /^(fermyon:spin|spin:sqlite)\/sqlite$/,
  "ai-model": /^fermyon:spin\/llm$/,
  file: /^wasi:filesystem\/preopens$/,
  variable: /^((fermyon:spin|spin:variables)\/(variables|config)|wasi:config\/store)$/,
};

/** Schemes under which each interface asks for a host (crates/factor-outbound-*): an entry of another never matches. */
const schemesOf: [interfaces: RegExp, schemes: readonly string[]][] = [
  [/^(wasi:http|fermyon:spin\/http$)/, ["http", "https"]],
  [/^wasi:sockets\/types$/, ["tcp", "udp"]],
  [/^wasi:sockets\/tcp/, ["tcp"]],
  [/^wasi:sockets\/udp/, ["udp"]],
  [/\/redis$/, ["redis", "rediss"]],
  [/\/mqtt$/, ["mqtt", "mqtts"]],
  [/\/mysql$/, ["mysql"]],
  [/\/postgres$/, ["postgres"]],
];

/** What a binary could use by an import, for example `wasi:http/outgoing-handler@0.2.3`. */
export function kindsUsing(imported: string): CapabilityKind[] {
  return capabilityKinds.filter((kind) => isUsedBy(kind, imported));
}

/** Whether an import is one by which this kind of capability is used. */
export function isUsedBy(kind: CapabilityKind, imported: string): boolean {
  return interfacesOf[kind].test(parseInterface(imported).name);
}

/** Whether an import could use this very grant: of outbound hosts, the scheme decides. */
export function couldUse(kind: CapabilityKind, value: string, imported: string): boolean {
  if (!isUsedBy(kind, imported)) return false;
  const scheme = kind === "outbound-host" ? schemeOf(value) : undefined;
  if (scheme === undefined) return true;
  const { name } = parseInterface(imported);
  return schemesOf.some(([interfaces, schemes]) => interfaces.test(name) && schemes.includes(scheme));
}

/** `undefined` for every scheme, for one that a template decides, and for what Spin would not read. */
function schemeOf(entry: string): string | undefined {
  const [scheme = "", ...rest] = entry.trim().split("://");
  const isKnown = schemesOf.some(([, schemes]) => schemes.includes(scheme));
  return rest.length > 0 && isKnown ? scheme : undefined;
}
