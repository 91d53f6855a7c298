import type { Settings, TriggerDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import type { Siblings } from "./manifest/dependencies.ts";
import type { KnownVariables } from "./manifest/settings.ts";
import { redisSettingIssues, referenceIssues, withoutComponent } from "./manifest/triggers.ts";
import { pathTo } from "../toml/index.ts";
import { triggerDependencyIssues } from "./dependencies.ts";
import { inResource, isWhole } from "./resource-paths.ts";

/** What is around a trigger, as far as it is known. */
export interface TriggerSurroundings {
  siblings?: Siblings | undefined;
  variables: KnownVariables;
  /** Settings of trigger types for all their triggers. */
  common: Record<string, Settings>;
}

/**
 * What is wrong with a trigger of any type but http, by itself or in an app. Members that are `undefined` are not known
 * yet. `settingsPath` is where its settings stand: `""` where they are the resource's own inputs.
 */
export function validateTrigger(
  trigger: Partial<TriggerDefinition>,
  settingsPath = "settings",
  app?: TriggerSurroundings,
): Issue[] {
  const { type, dependencies = {} } = trigger;
  if (type === undefined) return [];
  if (type === "http" || type.trim() === "") {
    const message = type === "http" ? "HTTP triggers are declared as a Route." : "The trigger has no type.";
    const hint = type === "http" ? "Use Route." : "Name its type, for example cron.";
    return [issue("ERR_SPIN_TRIGGER_SETTING", "type", message, { hint })];
  }
  return [
    ...(app?.siblings === undefined ? [] : componentReferenceIssues(trigger, app.siblings)),
    ...(type === "redis" ? redisIssues(trigger, settingsPath, app) : []),
    ...Object.entries(dependencies).flatMap(([role, list]) =>
      triggerDependencyIssues(type, role, list ?? [], pathTo("dependencies", role), app?.siblings),
    ),
  ];
}

/** Components that a trigger names and the app does not have. */
export function componentReferenceIssues(
  { component, components }: Pick<Partial<TriggerDefinition>, "component" | "components">,
  siblings: Siblings,
): Issue[] {
  const trigger = {
    ...(component === undefined ? {} : { component }),
    ...(components !== undefined && isWhole(components) ? { components } : {}),
  };
  return inResource(referenceIssues({ trigger, path: "" }, siblings));
}

function redisIssues(
  trigger: Partial<TriggerDefinition>,
  settingsPath: string,
  app: TriggerSurroundings | undefined,
): Issue[] {
  const { settings = {} } = trigger;
  if (!isWhole(settings)) return [];
  // By itself nothing says whether the app has an address for all its triggers.
  const hasCommonAddress = app === undefined || Object.hasOwn(app.common, "redis");
  return [
    ...("component" in trigger ? [] : [withoutComponent("component", "The trigger")]),
    ...redisSettingIssues(settings, settingsPath, hasCommonAddress, app?.variables ?? "not known"),
  ];
}
