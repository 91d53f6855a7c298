export { App, type AppArgs } from "./app.ts";
export { CapabilityGrant, type CapabilityGrantArgs } from "./capability-grant.ts";
export { Component, type ComponentArgs, type ComponentBuildArgs } from "./component.ts";
export { HostDeployment, type HostDeploymentArgs } from "./host-deployment.ts";
export { Route, type RouteArgs, type StaticResponseArgs } from "./route.ts";
export { Variable, type VariableArgs } from "./variable.ts";
