/** What one entry of `allowed_outbound_hosts` is in the words of a NetworkPolicy, which knows addresses and no names. */
import { type AllowedHost, isInNetwork, parseAllowedHost } from "../capability/allowed-hosts.ts";
import { parseIp } from "../capability/ip-address.ts";
import { isServiceChaining } from "../capability/service-chaining.ts";
import { isSpinError } from "../errors/index.ts";

export interface EgressRule {
  to?: object[];
  ports?: object[];
}

export interface Egress {
  rule?: EgressRule;
  /** Names are looked up first. */
  needsDns: boolean;
  /** How much wider the rule is than the entry, as the end of a sentence. */
  wider?: string;
}

export function egressOf(entry: string): Egress {
  const host = read(entry);
  if (host === undefined) return { rule: {}, needsDns: true, wider: "allows every address and port" };
  if (isServiceChaining(host)) return { needsDns: false };
  const ports = portsOf(host);
  const onPorts = ports === undefined ? "every port" : "that port";
  const to = (peer: object): EgressRule => ({ to: [peer], ...(ports && { ports }) });
  const { host: rule } = host;
  switch (rule.kind) {
    case "self":
      return { needsDns: false };
    case "any":
      return { rule: ports === undefined ? {} : { ports }, needsDns: true };
    case "network":
      return isLoopback(rule.address)
        ? { needsDns: false }
        : { rule: to(networkPeer(rule.address, rule.prefix)), needsDns: false };
    case "name":
    case "below": {
      const name = rule.kind === "name" ? rule.name : rule.domain;
      if (rule.kind === "name" && isLoopback(name)) return { needsDns: false };
      // An address in a form of its own, such as 0x0a.1: URLs write it in four parts.
      const bits = parseIp(name)?.bits;
      if (bits !== undefined) return { rule: to(networkPeer(name, bits)), needsDns: false };
      const pods = podsOf(name);
      if (pods !== undefined)
        // A policy sees the ports of pods, which need not be those of their Service.
        return { rule: { to: [pods] }, needsDns: true, wider: "allows every pod of that namespace" };
      return {
        rule: ports === undefined ? {} : { ports },
        needsDns: true,
        wider: `allows every address on ${onPorts}`,
      };
    }
  }
}

/** An entry with a template, or one that Spin would refuse, cannot be read. */
function read(entry: string): AllowedHost | undefined {
  try {
    return parseAllowedHost(entry);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}

function portsOf({ scheme, port }: AllowedHost): object[] | undefined {
  if (port === undefined) return undefined;
  // Port 0 is none that anything listens on.
  const from = Math.max(port.from, 1);
  const last = port.until - 1;
  const protocols = scheme === undefined ? ["TCP", "UDP"] : [scheme === "udp" ? "UDP" : "TCP"];
  return protocols.map((protocol) => ({ protocol, port: from, ...(last > from && { endPort: last }) }));
}

function networkPeer(address: string, prefix: number): object {
  return { ipBlock: { cidr: `${address}/${prefix}` } };
}

const loopback = { kind: "network", address: "127.0.0.0", prefix: 8 } as const;

/** It never leaves the pod, and a policy does not see it. */
function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || isInNetwork(loopback, name);
}

/** Services of the cluster: `redis`, `redis.data.svc`, `redis.data.svc.cluster.local`. */
function podsOf(name: string): object | undefined {
  if (/^[a-z0-9-]+$/.test(name)) return { podSelector: {} };
  const namespace = /^(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/.exec(name)?.[1];
  if (namespace === undefined) return undefined;
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}
