/** Inclusion of allowed hosts: what a reviewer means by "wider". */
import { type AllowedHost, type HostRule, isInNetwork, type PortRule } from "./allowed-hosts.ts";
import { isSameNetwork, parseIp } from "./ip-address.ts";

/**
 * Whether every destination that `b` allows is allowed by `a` (`isHostAllowed`). What can never match is covered by
 * everything. `*.spin.internal` counts as the domain that it is written as.
 */
export function covers(a: AllowedHost, b: AllowedHost): boolean {
  if (allowsSelf(b) && !(coversScheme(a, b) && allowsSelf(a))) return false;
  // Requests of the app to itself have no port and are all that `self` allows.
  if (b.host.kind === "self" || isEmpty(b.port)) return true;
  return coversScheme(a, b) && coversHost(a.host, b.host) && coversPort(a.port, b.port);
}

function allowsSelf({ host }: AllowedHost): boolean {
  return host.kind === "self" || host.kind === "any";
}

function coversScheme(a: AllowedHost, b: AllowedHost): boolean {
  return a.scheme === undefined || a.scheme === b.scheme;
}

function isEmpty(port: PortRule): boolean {
  return port !== undefined && port.from >= port.until;
}

function coversPort(a: PortRule, b: PortRule): boolean {
  if (a === undefined || b === undefined) return a === undefined;
  return a.from <= b.from && b.until <= a.until;
}

/** Hosts alone, without the app itself. */
function coversHost(a: HostRule, b: HostRule): boolean {
  switch (a.kind) {
    case "any":
      return true;
    case "self":
      return false;
    case "name":
      return b.kind === "name" ? a.name === b.name : b.kind === "network" && isOnlyAddress(b, a.name);
    case "below":
      return isBelow(b, a.domain);
    case "network":
      if (b.kind === "name") return isInNetwork(a, b.name);
      return b.kind === "network" && a.prefix <= b.prefix && isInNetwork(a, b.address);
  }
}

function isBelow(rule: HostRule, domain: string): boolean {
  if (rule.kind === "below") return rule.domain === domain || rule.domain.endsWith(`.${domain}`);
  return rule.kind === "name" && rule.name.endsWith(`.${domain}`) && parseIp(rule.name) === undefined;
}

/** Short forms such as `127.1` are names that write an address; that of IPv4 has one spelling. */
function isOnlyAddress({ address, prefix }: Extract<HostRule, { kind: "network" }>, name: string): boolean {
  const [network, named] = [parseIp(address), parseIp(name)];
  return (
    network !== undefined &&
    named !== undefined &&
    prefix === network.bits &&
    isSameNetwork(network, prefix, named)
  );
}
