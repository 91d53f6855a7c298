import type * as pulumi from "@pulumi/pulumi";
import type { RouteDefinition } from "../model/definition.ts";
import { type ComponentRef, type ComponentRoles, idOf, roleIdsOf } from "./component-id.ts";
import { dependencyOf, type TriggerDependencyArgs } from "./dependency.ts";
import { SpinResource } from "./resource.ts";

export interface StaticResponseArgs {
  /** Default: 200. */
  statusCode?: pulumi.Input<number>;
  headers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  body?: pulumi.Input<string>;
}

export interface RouteArgs {
  /** Spin's pattern: `/exact`, `/users/:id`, `/files/...`. */
  route?: pulumi.Input<string>;
  /** No path: only other components of the app reach the component. */
  private?: pulumi.Input<true>;
  /** The component that answers, or its id. */
  component?: ComponentRef;
  /** The answer, given by the host without a component. */
  staticResponse?: pulumi.Input<StaticResponseArgs>;
  /** Components that requests go through first, the outermost first: Spin 4.1. */
  middleware?: TriggerDependencyArgs[];
  /** How the component is called: `{ type: "wagi" }` for a WASI 0.1 command. Default: Spin finds that out. */
  executor?: pulumi.Input<{ type: string; argv?: string; entrypoint?: string }>;
  /** By role; Spin's HTTP trigger does not look at them. */
  components?: ComponentRoles;
  /** Id in the application. Default: as Spin makes it. */
  triggerId?: pulumi.Input<string>;
}

/**
 * Sends requests of a path to a component, or answers them with a fixed response.
 *
 * @example new Route("count", { route: "/count", component: api });
 */
export class Route extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:Route";
  declare readonly definition: pulumi.Output<RouteDefinition>;

  constructor(name: string, args: RouteArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = {
      ...args,
      component: idOf(args.component),
      components: roleIdsOf(args.components),
      middleware: args.middleware?.map(dependencyOf),
    };
    super("Route", name, inputs, ["definition"], opts);
  }
}
