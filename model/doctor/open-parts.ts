import { hostOf } from "../review/inclusion.ts";

/** What an allowed host leaves open: the host, the protocol, the port. Templates are not looked into. */
export function openPartsOf(entry: string): string[] {
  const rule = hostOf(entry);
  if (rule === undefined) return [];
  const { host, scheme, port } = rule;
  const isEvery = host.kind === "any" || (host.kind === "network" && host.prefix === 0);
  const isTopLevel = host.kind === "below" && !host.domain.includes(".");
  return [
    ...(isEvery || isTopLevel ? ["the host"] : []),
    ...(scheme === undefined ? ["the protocol"] : []),
    ...(port === undefined && host.kind !== "self" ? ["the port"] : []),
  ];
}
