import type * as pulumi from "@pulumi/pulumi";
import type { RouteDefinition } from "../model/definition.ts";
import { Component } from "./component.ts";
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
  component?: Component | pulumi.Input<string>;
  /** The answer, given by the host without a component. */
  staticResponse?: pulumi.Input<StaticResponseArgs>;
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
    const { component, ...rest } = args;
    const target = component instanceof Component ? component.componentId : component;
    super("Route", name, { ...rest, component: target }, ["definition"], opts);
  }
}
