import * as pulumi from "@pulumi/pulumi";
import type { CapabilityRow } from "../model/capability/index.ts";
import type {
  AppDefinition,
  ComponentDefinition,
  RouteDefinition,
  Settings,
  TargetEnvironment,
  TriggerDefinition,
  VariableDefinition,
} from "../model/definition.ts";
import type { Component } from "./component.ts";
import { type Definitions, definitionsOf } from "./definitions.ts";
import type { RedisTrigger } from "./redis-trigger.ts";
import { SpinResource } from "./resource.ts";
import type { Route } from "./route.ts";
import type { Trigger } from "./trigger.ts";
import type { Variable } from "./variable.ts";

export interface AppArgs {
  /** Default: the resource's name. */
  name?: pulumi.Input<string>;
  version?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  authors?: pulumi.Input<pulumi.Input<string>[]>;
  variables?: Definitions<Variable, VariableDefinition>;
  components?: Definitions<Component, ComponentDefinition>;
  routes?: Definitions<Route, RouteDefinition>;
  /** Triggers of other types than http. */
  triggers?: Definitions<RedisTrigger | Trigger, TriggerDefinition>;
  /** Settings of a trigger type for all its triggers: `{ redis: { address: "redis://localhost:6379" } }`. */
  triggerSettings?: pulumi.Input<Record<string, Settings>>;
  /** Order of the trigger types in the manifest. Default: http, then as declared. */
  triggerTypes?: pulumi.Input<string[]>;
  /** Environments that `spin build` holds the components against. */
  targets?: pulumi.Input<TargetEnvironment[]>;
  /** Settings of tools, which Spin passes over. */
  tool?: pulumi.Input<Record<string, Settings>>;
}

/**
 * A Spin application: components, the routes and other triggers that call them, and variables.
 *
 * @example new App("shop", { components: [api], routes: [index, count] });
 */
export class App extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:App";
  /** The application as spin.toml. */
  declare readonly manifest: pulumi.Output<string>;
  declare readonly digest: pulumi.Output<string>;
  declare readonly capabilities: pulumi.Output<CapabilityRow[]>;
  declare readonly warnings: pulumi.Output<string[]>;
  declare readonly definition: pulumi.Output<AppDefinition>;

  constructor(name: string, args: AppArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = {
      name,
      ...args,
      variables: definitionsOf(args.variables),
      components: definitionsOf(args.components),
      routes: definitionsOf(args.routes),
      triggers: definitionsOf(args.triggers),
    };
    super("App", name, inputs, ["manifest", "digest", "capabilities", "warnings", "definition"], opts);
    // Of a user's mocks, an app need not have any.
    void this.warnings.apply((warnings: string[] | undefined) =>
      Promise.all((warnings ?? []).map((warning) => pulumi.log.warn(warning, this))),
    );
  }
}
