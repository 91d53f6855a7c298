import type { AppArgs } from "../app.ts";
import type { CapabilityGrantArgs } from "../capability-grant.ts";
import type { ComponentArgs } from "../component.ts";
import type { RouteArgs } from "../route.ts";
import type { TriggerArgs } from "../trigger.ts";
import type { VariableArgs } from "../variable.ts";

/** A component of an application: how it is made, and inside of it what it may do. Without that it may only answer. */
export type ApplicationComponentArgs = Omit<ComponentArgs, "componentId" | "grants"> & CapabilityGrantArgs;

/** An application as one nested object, in the shape of spin.toml. */
export interface ApplicationArgs extends Pick<
  AppArgs,
  "name" | "version" | "description" | "authors" | "triggerSettings" | "triggerTypes" | "targets" | "tool"
> {
  /** By name. */
  variables?: Record<string, Omit<VariableArgs, "name">>;
  /** By id. */
  components?: Record<string, ApplicationComponentArgs>;
  routes?: RouteArgs[];
  /** Triggers of other types than http. */
  triggers?: TriggerArgs[];
}
