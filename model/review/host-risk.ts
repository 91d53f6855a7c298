/** What it means that a component may call a host. */
import type { AllowedHost, PortRule } from "../capability/allowed-hosts.ts";
import { isServiceChaining } from "../capability/service-chaining.ts";
import { hostOf } from "./inclusion.ts";
import { innerPlaceOf, isEveryAddress } from "./networks.ts";
import type { Verdict } from "./types.ts";

/** `who` is the subject of the sentence, for example `The component "api"`. */
export function hostVerdict(entry: string, who: string): Verdict {
  const rule = hostOf(entry);
  if (rule === undefined) {
    const why = `${who} may call a host that is known only when the application runs: whoever sets the variables decides.`;
    return entry.includes("{{")
      ? { risk: "high", why }
      : { risk: "low", why: `${who} is granted a host that Spin cannot read.` };
  }
  return everywhere(rule, who) ?? inside(rule, who) ?? outside(rule, who);
}

function everywhere(rule: AllowedHost, who: string): Verdict | undefined {
  if (rule.host.kind !== "any" && !isEveryAddress(rule.host)) return undefined;
  const hosts = rule.host.kind === "any" ? "every host there is" : "every address there is";
  const isTotal = rule.scheme === undefined && rule.port === undefined;
  const reach = `${hosts}${manner(rule)}, private networks and the cloud's metadata service included`;
  return { risk: isTotal ? "critical" : "high", why: `${who} may call ${reach}.` };
}

function inside(rule: AllowedHost, who: string): Verdict | undefined {
  if (rule.host.kind === "self") {
    const why = `${who} may call the application's own routes from inside, past whatever guards its front door.`;
    return { risk: "high", why };
  }
  if (isServiceChaining(rule)) {
    const whom = rule.host.kind === "below" ? "every component of this application" : namedComponent(rule);
    return { risk: "medium", why: `${who} may call ${whom} directly, its private routes included.` };
  }
  const place = innerPlaceOf(rule.host);
  return place === undefined ? undefined : { risk: "high", why: `${who} may call ${place}${manner(rule)}.` };
}

function outside(rule: AllowedHost, who: string): Verdict {
  const { host } = rule;
  const isTopLevel = host.kind === "below" && !host.domain.includes(".");
  if (isTopLevel)
    return {
      risk: "high",
      why: `${who} may call every name below .${host.domain}${manner(rule)}: anybody can have one.`,
    };
  const hosts =
    host.kind === "below"
      ? "every name of a public domain"
      : host.kind === "network"
        ? networkText(host)
        : "a public host";
  return { risk: "medium", why: `${who} may send data to ${hosts}${manner(rule)}.` };
}

/** Schemes and ports, where they are more than one. */
function manner({ scheme, port }: AllowedHost): string {
  const isSecure = scheme !== "http";
  const parts = [
    ...(scheme === undefined ? ["by every protocol"] : isSecure ? [] : ["without encryption"]),
    ...(port === undefined ? ["on every port"] : isRange(port) ? [`on ${port.until - port.from} ports`] : []),
  ];
  return parts.length === 0 ? "" : `, ${parts.join(" and ")}`;
}

function isRange(port: NonNullable<PortRule>): boolean {
  return port.until - port.from !== 1;
}

function networkText({ address, prefix }: { address: string; prefix: number }): string {
  return prefix === (address.includes(":") ? 128 : 32)
    ? "a public address"
    : `the public network ${address}/${prefix}`;
}

function namedComponent({ host }: AllowedHost): string {
  return host.kind === "name" ? `the component "${host.name.split(".")[0]}"` : "a component";
}
