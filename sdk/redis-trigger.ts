import type * as pulumi from "@pulumi/pulumi";
import type { TriggerDefinition } from "../model/definition.ts";
import { type ComponentRef, idOf } from "./component-id.ts";
import { SpinResource } from "./resource.ts";

export interface RedisTriggerArgs {
  /** The channel to subscribe to; templates over variables allowed. */
  channel: pulumi.Input<string>;
  /** `redis://host:port`; templates allowed. Default: `triggerSettings.redis.address` of the app. */
  address?: pulumi.Input<string>;
  /** The component that is called with each message, or its id. */
  component: ComponentRef;
  /** Id in the application. Default: as Spin makes it. */
  triggerId?: pulumi.Input<string>;
}

/**
 * Calls a component with each message of a Redis channel.
 *
 * @example new RedisTrigger("orders", { channel: "orders", address: "redis://localhost:6379", component: api });
 */
export class RedisTrigger extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:RedisTrigger";
  declare readonly definition: pulumi.Output<TriggerDefinition>;

  constructor(name: string, args: RedisTriggerArgs, opts?: pulumi.CustomResourceOptions) {
    super("RedisTrigger", name, { ...args, component: idOf(args.component) }, ["definition"], opts);
  }
}
