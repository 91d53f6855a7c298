/** Networks and names that a program should not reach without somebody having thought about it. */
import type { HostRule } from "../capability/allowed-hosts.ts";
import { isSameNetwork, parseIp } from "../capability/ip-address.ts";

type Network = Extract<HostRule, { kind: "network" }>;

/**
 * What a rule reaches beside the public internet, as the end of "It reaches …"; `undefined` for public hosts. A network
 * or domain counts when any part of it is such a place.
 */
export function innerPlaceOf(rule: HostRule): string | undefined {
  if (rule.kind === "name") {
    const ip = networkOfName(rule.name);
    return ip === undefined ? placeOfName(rule.name) : placeOfNetwork(ip);
  }
  if (rule.kind === "below") return placeOfName(`any.${rule.domain}`) ?? placesBelow(rule.domain);
  return rule.kind === "network" ? placeOfNetwork(rule) : undefined;
}

/** Every address of a family. */
export function isEveryAddress(rule: HostRule): boolean {
  return rule.kind === "network" && rule.prefix === 0;
}

const metadata = "the cloud's metadata service, which hands out the machine's own credentials";
const loopback = "the machine that the application runs on";
const privateNetwork = "a private network";

/** IANA special-purpose registries (RFC 6890), and where clouds answer for their machines. The first match is told. */
const networks: [address: string, prefix: number, place: string][] = [
  // AWS, Google Cloud, Azure and others; ECS and EKS tasks; AWS by IPv6; Alibaba Cloud; Azure's WireServer.
  ["169.254.169.254", 32, metadata],
  ["169.254.170.2", 32, metadata],
  ["169.254.170.23", 32, metadata],
  ["fd00:ec2::254", 128, metadata],
  ["100.100.100.200", 32, metadata],
  ["168.63.129.16", 32, metadata],
  ["127.0.0.0", 8, loopback],
  ["0.0.0.0", 8, loopback],
  ["::", 127, loopback],
  ["10.0.0.0", 8, privateNetwork],
  ["172.16.0.0", 12, privateNetwork],
  ["192.168.0.0", 16, privateNetwork],
  ["100.64.0.0", 10, privateNetwork],
  ["169.254.0.0", 16, privateNetwork],
  ["fc00::", 7, privateNetwork],
  ["fe80::", 10, privateNetwork],
  // IPv4 in IPv6's clothes: mapped, and by NAT64.
  ["::ffff:0:0", 96, privateNetwork],
  ["64:ff9b::", 96, privateNetwork],
];

const metadataNames = ["metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"];

/** Ends of names that are never public (RFC 6761, 6762, 8375, ICANN's `internal`), and habits of the trade. */
const innerSuffixes = ["localhost", "local", "internal", "home.arpa", "lan", "corp", "intranet", "svc"];

function placeOfNetwork({ address, prefix }: Network): string | undefined {
  const asked = parseIp(address);
  const met = networks.find(([other, otherPrefix]) => {
    const known = parseIp(other);
    return (
      known !== undefined && asked !== undefined && isSameNetwork(known, Math.min(prefix, otherPrefix), asked)
    );
  });
  return met?.[2];
}

function placeOfName(name: string): string | undefined {
  const plain = name.endsWith(".") ? name.slice(0, -1) : name;
  if (metadataNames.includes(plain)) return metadata;
  if (plain === "localhost" || plain.endsWith(".localhost")) return loopback;
  const isInner = !plain.includes(".") || innerSuffixes.some((suffix) => plain.endsWith(`.${suffix}`));
  return isInner ? privateNetwork : undefined;
}

function placesBelow(domain: string): string | undefined {
  return metadataNames.some((name) => name.endsWith(`.${domain}`)) ? metadata : undefined;
}

/** Short forms such as `127.1` are names that write an address. */
function networkOfName(name: string): Network | undefined {
  const bits = parseIp(name)?.bits;
  return bits === undefined ? undefined : { kind: "network", address: name, prefix: bits };
}
