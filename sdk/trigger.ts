import type * as pulumi from "@pulumi/pulumi";
import type { Settings, TriggerDefinition } from "../model/definition.ts";
import { type ComponentRef, type ComponentRoles, idOf, roleIdsOf } from "./component-id.ts";
import { type DependencyArgs, dependencyOf } from "./dependency.ts";
import { SpinResource } from "./resource.ts";

export interface TriggerArgs {
  /** Type of the trigger, as its plugin is called: `cron`, `sqs`, `mqtt`, `command`. */
  type: pulumi.Input<string>;
  /** The component that is called, or its id. */
  component?: ComponentRef;
  /** By role, for a type with several components. */
  components?: ComponentRoles;
  /** The keys of the type, in Spin's own words: `{ cron_expression: "0 0 * * * *" }`. */
  settings?: pulumi.Input<Settings>;
  /** By role: what the component is composed with for this trigger. */
  dependencies?: Record<string, DependencyArgs[]>;
  /** Id in the application. Default: as Spin makes it. */
  triggerId?: pulumi.Input<string>;
}

/**
 * Calls components by a trigger of any type. `Route` and `RedisTrigger` are for those types.
 *
 * @example new Trigger("nightly", { type: "cron", component: report, settings: { cron_expression: "0 0 3 * * *" } });
 */
export class Trigger extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:Trigger";
  declare readonly definition: pulumi.Output<TriggerDefinition>;

  constructor(name: string, args: TriggerArgs, opts?: pulumi.CustomResourceOptions) {
    const dependencies =
      args.dependencies &&
      Object.fromEntries(
        Object.entries(args.dependencies).map(([role, list]) => [role, list.map(dependencyOf)]),
      );
    const inputs = {
      ...args,
      component: idOf(args.component),
      components: roleIdsOf(args.components),
      dependencies,
    };
    super("Trigger", name, inputs, ["definition"], opts);
  }
}
