export { type AllowedHost, canonicalName, defaultPort, parseAllowedHost } from "./allowed-hosts.ts";
export { capabilitiesOf, capabilityIssues } from "./capabilities.ts";
export { covers } from "./covers.ts";
export { expiryIssues } from "./expiry.ts";
export { mergeGrants } from "./grants.ts";
export type { CapabilityRow } from "./join.ts";
export { offers, parseInterface } from "./interfaces.ts";
export { type Destination, destinationOf, isHostAllowed } from "./match-host.ts";
export { renderCapabilities } from "./render-table.ts";
export { expandServiceChaining, isServiceChaining } from "./service-chaining.ts";
export {
  checkDeployable,
  checkTarget,
  type JudgedApp,
  type Target,
  type TargetName,
  targetNamed,
  targets,
} from "./target.ts";
export type { Deployable, DeployablePart, DeployableTrigger } from "./deployable.ts";
export type { CapabilityKind } from "./uses.ts";
