import { type AllowedHost, canonicalName, defaultPort, isInNetwork } from "./allowed-hosts.ts";
import { parseIp } from "./ip-address.ts";

/** Where a call wants to go. */
export interface Destination {
  scheme: string;
  /** As URLs write it: lower case, IPv6 without brackets; `undefined` for the app itself. */
  host: string | undefined;
  port: number | undefined;
}

/** The destination that a URL names; `undefined` when it names none. `self.alt` is the app itself. */
export function destinationOf(url: string, defaultScheme = "https"): Destination | undefined {
  const parsed = parseUrl(url) ?? parseUrl(`${defaultScheme}://${url}`);
  if (parsed === undefined) return undefined;
  const scheme = parsed.protocol.slice(0, -1);
  const port = parsed.port === "" ? defaultPort(scheme) : Number(parsed.port);
  const host = parsed.hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "self.alt") return { scheme, host: undefined, port };
  return { scheme, host: canonicalName(host) ?? host, port };
}

/** One entry must allow scheme, host and port together. */
export function isHostAllowed(rules: readonly AllowedHost[], destination: Destination): boolean {
  return rules.some((rule) => allows(rule, destination));
}

function allows({ scheme, host, port }: AllowedHost, destination: Destination): boolean {
  if (scheme !== undefined && scheme !== destination.scheme) return false;
  // A request to the app itself has no port of its own: the listener decides.
  if (destination.host === undefined) return host.kind === "self" || host.kind === "any";
  const isPortAllowed =
    port === undefined ||
    (destination.port !== undefined && port.from <= destination.port && destination.port < port.until);
  if (!isPortAllowed) return false;
  switch (host.kind) {
    case "any":
      return true;
    case "self":
      return false;
    case "name":
      return host.name === destination.host;
    case "below":
      return destination.host.endsWith(`.${host.domain}`) && parseIp(destination.host) === undefined;
    case "network":
      return isInNetwork(host, destination.host);
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    const url = new URL(withEncodedUserinfo(text));
    return url.hostname === "" ? undefined : url;
  } catch {
    return undefined;
  }
}

/**
 * Passwords in database addresses hold characters that URLs must not. HTTP URLs are left alone: there the client parses
 * the same text again, and both must find the same host.
 */
function withEncodedUserinfo(text: string): string {
  const [, scheme = "", userinfo = "", rest = ""] = /^([^/:@]+:\/\/)([^/@]*)(@.*)$/s.exec(text) ?? [];
  if (scheme === "" || /^(https?|wss?|ftp|file):/i.test(scheme)) return text;
  return `${scheme}${encodeURIComponent(userinfo.toWellFormed())}${rest}`;
}
