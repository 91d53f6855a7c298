/**
 * Entries of `allowed_outbound_hosts`: `scheme://host[:port]`
 * (crates/outbound-networking-config/src/allowed_hosts.rs). What Spin reads is read, also where it can never match:
 * `validateGrant` speaks about that.
 */
import { SpinError } from "../errors/index.ts";
import { isSameNetwork, parseIp } from "./ip-address.ts";

export interface AllowedHost {
  /** `undefined` allows every scheme. Compared as it is written, against lower-case schemes. */
  scheme: string | undefined;
  host: HostRule;
  port: PortRule;
}

export type HostRule =
  | { kind: "any" }
  /** Requests of the app to itself. */
  | { kind: "self" }
  | { kind: "name"; name: string }
  /** `*.example.com`: every name below, never the name itself. */
  | { kind: "below"; domain: string }
  | { kind: "network"; address: string; prefix: number };

/** A half-open range of ports; `undefined` allows every port. */
export type PortRule = { from: number; until: number } | undefined;

const defaultPorts = new Map([
  ["http", 80],
  ["https", 443],
  ["postgres", 5432],
  ["mysql", 3306],
  ["redis", 6379],
  ["mqtt", 1883],
]);

/** Reads one entry without templates; ERR_SPIN_ALLOWED_HOST says what is wrong with it. */
export function parseAllowedHost(entry: string): AllowedHost {
  const text = entry.trim();
  const separator = text.indexOf("://");
  if (text === "insecure:allow-all" || separator === -1) throw withoutScheme(entry, text);
  const scheme = text.slice(0, separator);
  const [host, port] = splitPort(entry, text.slice(separator + 3));
  const rule = hostRule(host);
  if (typeof rule === "string") throw invalid(entry, rule);
  return { scheme: parseScheme(entry, scheme), host: rule, port: parsePort(entry, port, scheme) };
}

/** The port a scheme means when a URL names none. */
export function defaultPort(scheme: string): number | undefined {
  return defaultPorts.get(scheme);
}

/** A host name as URLs write it: lower case, IDNA, IPv4 in four parts; `undefined` for what is no name. */
export function canonicalName(text: string): string | undefined {
  // The URL parser would drop blanks and cut at these, where a host on its own may not have them.
  if (/[@/?#:\\\s]/.test(text)) return undefined;
  try {
    const { hostname } = new URL(`http://${text}/`);
    return hostname === "" ? undefined : hostname;
  } catch {
    return undefined;
  }
}

/** Whether an address lies in a network. Families are told apart, also for IPv4-mapped IPv6 addresses. */
export function isInNetwork(rule: Extract<HostRule, { kind: "network" }>, address: string): boolean {
  const network = parseIp(rule.address);
  const asked = parseIp(address);
  return network !== undefined && asked !== undefined && isSameNetwork(network, rule.prefix, asked);
}

function withoutScheme(entry: string, text: string): SpinError {
  const meansAll = text === "insecure:allow-all" || /^[*:?]?$/.test(text);
  const hint = meansAll
    ? 'Name the hosts it calls; "*://*:*" would allow every one.'
    : `Did you mean "https://${text}"?`;
  return invalid(entry, "has no scheme; expected scheme://host[:port]", hint);
}

function parseScheme(entry: string, scheme: string): string | undefined {
  if (scheme === "*") return undefined;
  if (scheme.startsWith("{")) throw invalid(entry, "lists schemes; write one entry for each");
  if (!/^\p{Alphabetic}*$/u.test(scheme)) {
    throw invalid(entry, `has the scheme "${scheme}"; expected letters only, or *`);
  }
  return scheme;
}

/** Everything after the last `:` is the port, unless the whole is a host: an IPv6 address or network. */
function splitPort(entry: string, rest: string): [host: string, port: string] {
  const colon = rest.lastIndexOf(":");
  if (colon === -1 || (colon < rest.length - 1 && typeof hostRule(rest) !== "string")) return [rest, ""];
  const [port, path] = cut(rest.slice(colon + 1), "/");
  if (path) throw invalid(entry, `has the path "/${path}"; a host is allowed as a whole`);
  return [rest.slice(0, colon), port];
}

function parsePort(entry: string, text: string, scheme: string): PortRule {
  if (text === "") {
    const known = defaultPorts.get(scheme);
    if (known !== undefined) return { from: known, until: known + 1 };
    const hint = `Add a port, a range A..B, or ":*" for every port.`;
    throw invalid(entry, `has no port, and the scheme "${scheme}" has no usual one`, hint);
  }
  if (text === "*") return undefined;
  if (text.startsWith("{")) throw invalid(entry, "lists ports; write one entry for each, or a range A..B");
  const [first, last] = cut(text, "..");
  const from = portNumber(first);
  const until = last === undefined ? from + 1 : portNumber(last);
  if (Number.isNaN(from + until)) {
    throw invalid(
      entry,
      `has the port "${text}"; expected a number up to 65535, a range A..B without B, or *`,
    );
  }
  return { from, until };
}

/** As Rust reads a number: a plus may stand before it. */
function portNumber(text: string): number {
  return /^\+?\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : Number.NaN;
}

/** The rule that a host writes, or what is wrong with it as the end of a sentence. */
function hostRule(host: string): HostRule | string {
  const text = host.trim();
  if (text === "*") return { kind: "any" };
  if (text === "self" || text === "self.alt") return { kind: "self" };
  if (text.startsWith("{")) return "lists hosts; write one entry for each";
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  const [, start = "", prefix] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  const bits = parseIp(start)?.bits;
  if (bits !== undefined) return `has the network size "/${prefix}"; expected /0 to /${bits}`;
  const bare = text.endsWith("/") ? text.slice(0, -1) : text;
  if (bare === "") return "has no host";
  if (bare.includes("/"))
    return `has the path "${bare.slice(bare.indexOf("/"))}"; a host is allowed as a whole`;
  const address = /^\[(.*)\]$/.exec(bare)?.[1];
  if (address?.includes(":") && parseIp(address)) return { kind: "network", address, prefix: 128 };
  const below = bare.startsWith("*.");
  const name = canonicalName(below ? bare.slice(2) : bare);
  if (name?.includes("*") || (name === undefined && bare.includes("*"))) {
    return `has the host "${bare}"; * stands alone or for the first labels, as in *.example.com`;
  }
  if (name === undefined)
    return `has the host "${bare}"; expected a name, *.name, an address, a network or *`;
  if (below && parseIp(name) !== undefined) return `has the host "${bare}"; an address has nothing below it`;
  return below ? { kind: "below", domain: name } : { kind: "name", name };
}

function parseNetwork(text: string): HostRule | undefined {
  const [address, prefix] = cut(text, "/");
  const bits = parseIp(address)?.bits;
  if (bits === undefined) return undefined;
  if (prefix === undefined) return { kind: "network", address, prefix: bits };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
    ? { kind: "network", address, prefix: Number(prefix) }
    : undefined;
}

/** The text before and after the first `mark`. */
function cut(text: string, mark: string): [before: string, after?: string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function invalid(entry: string, problem: string, hint?: string): SpinError {
  const message = `The allowed host "${entry}" ${problem}.`;
  return new SpinError("ERR_SPIN_ALLOWED_HOST", message, hint === undefined ? {} : { hint });
}
