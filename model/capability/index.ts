export { type AllowedHost, canonicalName, defaultPort, parseAllowedHost } from "./allowed-hosts.ts";
export { capabilitiesOf, capabilityIssues, type CapabilityKind, type CapabilityRow } from "./capabilities.ts";
export { covers } from "./covers.ts";
export { mergeGrants } from "./grants.ts";
export { offers, parseInterface } from "./interfaces.ts";
export { type Destination, destinationOf, isHostAllowed } from "./match-host.ts";
export { renderCapabilities } from "./render-table.ts";
export { expandServiceChaining, isServiceChaining } from "./service-chaining.ts";
export { checkTarget, type JudgedApp, type Target, type TargetName, targets } from "./target.ts";
