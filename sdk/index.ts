export { App, type AppArgs } from "./app.ts";
export { Artifact, type ArtifactArgs } from "./artifact.ts";
export { Application } from "./application/application.ts";
export type { ApplicationArgs, ApplicationComponentArgs } from "./application/args.ts";
export { CapabilityGrant, type CapabilityGrantArgs } from "./capability-grant.ts";
export {
  type BuildCommandArgs,
  Component,
  type ComponentArgs,
  type ComponentBuildArgs,
  type ProfileArgs,
} from "./component.ts";
export type { ComponentRef, ComponentRoles } from "./component-id.ts";
export type { DependencyArgs, TriggerDependencyArgs } from "./dependency.ts";
export {
  checkTargets,
  type CheckTargetsArgs,
  checkTargetsOutput,
  type CheckTargetsResult,
  diffCapabilities,
  type DiffCapabilitiesArgs,
  diffCapabilitiesOutput,
  type DiffCapabilitiesResult,
  getApp,
  type GetAppArgs,
  getAppOutput,
  type GetAppResult,
  getArtifact,
  type GetArtifactArgs,
  getArtifactOutput,
  type GetArtifactResult,
  inspectComponent,
  type InspectComponentArgs,
  inspectComponentOutput,
  type InspectComponentResult,
} from "./functions.ts";
export { HostDeployment, type HostDeploymentArgs } from "./host-deployment.ts";
export { KubernetesDeployment, type KubernetesDeploymentArgs } from "./kubernetes-deployment.ts";
export { RedisTrigger, type RedisTriggerArgs } from "./redis-trigger.ts";
export { Route, type RouteArgs, type StaticResponseArgs } from "./route.ts";
export { Trigger, type TriggerArgs } from "./trigger.ts";
export { Variable, type VariableArgs } from "./variable.ts";
