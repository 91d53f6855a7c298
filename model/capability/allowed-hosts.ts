/**
 * Entries of `allowed_outbound_hosts`: `scheme://host[:port]`
 * (crates/outbound-networking-config/src/allowed_hosts.rs).
 */
import { SpinError } from "../errors/index.ts";
import { isSameNetwork, parseIp } from "./ip-address.ts";

export interface AllowedHost {
  /** `undefined` allows every scheme. */
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

const defaultPorts: Record<string, number> = { http: 80, https: 443, postgres: 5432, mysql: 3306, redis: 6379, mqtt: 1883 };

/** Reads one entry without templates; ERR_SPIN_ALLOWED_HOST says what is wrong with it. */
export function parseAllowedHost(entry: string): AllowedHost {
  const text = entry.trim();
  if (text === "insecure:allow-all") throw invalid(entry, 'means everything; write "*://*:*"');
  const separator = text.indexOf("://");
  if (separator === -1) {
    const hint = text === "*" ? 'write "*://*:*" for everything' : `did you mean "https://${text}"?`;
    throw invalid(entry, `has no scheme; ${hint}`);
  }
  const scheme = parseScheme(entry, text.slice(0, separator));
  const [host, port] = splitPort(text.slice(separator + 3));
  return { scheme, host: parseHost(entry, host), port: parsePort(entry, port, scheme) };
}

/** The port a scheme means when a URL names none. */
export function defaultPort(scheme: string): number | undefined {
  return defaultPorts[scheme];
}

function parseScheme(entry: string, scheme: string): string | undefined {
  if (scheme === "*") return undefined;
  if (scheme.startsWith("{")) throw invalid(entry, "lists schemes; write one entry for each");
  if (!/^[a-zA-Z]+$/.test(scheme)) throw invalid(entry, `has the scheme "${scheme}"; a scheme is letters only, or *`);
  if (scheme !== scheme.toLowerCase()) {
    throw invalid(entry, `has the scheme "${scheme}" in upper case, which would never match`);
  }
  return scheme;
}

/** Everything after the last `:` is the port, unless the whole is an IPv6 address or network. */
function splitPort(rest: string): [host: string, port: string | undefined] {
  if (parseIp(rest.split("/")[0] ?? "")?.bits === 128 || rest.endsWith("]")) return [rest, undefined];
  const colon = rest.lastIndexOf(":");
  return colon === -1 ? [rest, undefined] : [rest.slice(0, colon), rest.slice(colon + 1)];
}

function parsePort(entry: string, port: string | undefined, scheme: string | undefined): PortRule {
  const text = port?.endsWith("/") ? port.slice(0, -1) : port;
  if (text === undefined) {
    const known = scheme === undefined ? undefined : defaultPorts[scheme];
    if (known === undefined) {
      throw invalid(entry, `has no port, and the scheme ${scheme ?? "*"} has no default one; add ":*" for every port`);
    }
    return { from: known, until: known + 1 };
  }
  if (text === "*") return undefined;
  if (text.includes("/")) throw invalid(entry, "has a path; hosts are allowed as a whole");
  const range = /^(\d{1,5})\.\.(\d{1,5})$/.exec(text);
  const [from, until] = range === null ? [toPort(text), toPort(text) + 1] : [toPort(range[1]), toPort(range[2])];
  if (Number.isNaN(from) || Number.isNaN(until)) throw invalid(entry, `has the port "${text}"; expected a number, A..B or *`);
  if (from >= until) throw invalid(entry, `has the port range "${text}", which is empty: B itself is not in A..B`);
  return { from, until };
}

function toPort(text: string | undefined): number {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : Number.NaN;
}

function parseHost(entry: string, host: string): HostRule {
  const text = host.endsWith("/") ? host.slice(0, -1) : host;
  if (text === "*") return { kind: "any" };
  if (text === "self" || text === "self.alt") return { kind: "self" };
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  if (text === "") throw invalid(entry, "has no host");
  if (text.startsWith("{")) throw invalid(entry, "lists hosts; write one entry for each");
  if (text.includes("/")) throw invalid(entry, "has a path; hosts are allowed as a whole");
  const below = text.startsWith("*.");
  const name = canonicalName(below ? text.slice(2) : text);
  if (name === undefined || name.includes("*")) throw invalid(entry, `has the host "${text}"; expected a name, *.name, an address or *`);
  return below ? { kind: "below", domain: name } : { kind: "name", name };
}

function parseNetwork(text: string): HostRule | undefined {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  const [address = "", prefixText] = bare.split("/");
  const bits = parseIp(address)?.bits;
  if (bits === undefined) return undefined;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits || prefixText === "") return undefined;
  return { kind: "network", address, prefix };
}

/** A host name as URLs write it: lower case, IDNA; `undefined` for what is no name. */
export function canonicalName(text: string): string | undefined {
  try {
    const { hostname } = new URL(`http://${text}/`);
    return hostname === "" || /[@/?#:]/.test(text) ? undefined : hostname;
  } catch {
    return undefined;
  }
}

/** Whether an address lies in a network. */
export function isInNetwork(rule: Extract<HostRule, { kind: "network" }>, address: string): boolean {
  const network = parseIp(rule.address);
  const asked = parseIp(address);
  return network !== undefined && asked !== undefined && isSameNetwork(network, rule.prefix, asked);
}

function invalid(entry: string, problem: string): SpinError {
  return new SpinError("ERR_SPIN_ALLOWED_HOST", `The allowed host "${entry}" ${problem}.`);
}
