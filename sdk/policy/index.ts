/**
 * `pulumi-spin/policy`: for CrossGuard packs that judge Spin applications. Resources are matched whichever front end made
 * them, dynamic resources or the plugin; their properties are typed.
 */
export { type AppValidation, validateDeployedApps } from "./deployed-apps.ts";
export { validateGrants, type GrantValidation } from "./grants.ts";
export { isKind, type Kind, typesOf } from "./kinds.ts";
export type { PolicyInputs, PolicyOutputs } from "./properties.ts";
export { remediateResourcesOf } from "./remediate.ts";
export { spinPolicies } from "./rules/index.ts";
export { resourcesOf, type SpinResourceIn, validateResourcesOf } from "./validate.ts";
