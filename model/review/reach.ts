/** Who may call a component: routes and other triggers are attack surface. */
import type { Lifted, LiftedTrigger } from "../manifest/normalize/inline-components.ts";
import { absoluteRoute } from "../manifest/route-pattern.ts";
import { isTable } from "../toml/index.ts";
import type { Capability } from "./types.ts";

/** A component that only other components of the app may call. */
export const privateRoute = "private";

export function reachOf(form: Lifted): Capability[] {
  return Object.entries(form.trigger).flatMap(([type, triggers]) =>
    triggers.flatMap((trigger) =>
      componentsOf(trigger).map((component) => ({ component, ...waysOf(type, trigger) })),
    ),
  );
}

/** The component of a trigger and those in its other roles; "" where the trigger answers by itself. */
function componentsOf({ component, components = {} }: LiftedTrigger): string[] {
  const ids = [component ?? [], Object.values(components)].flat(2);
  return ids.length === 0 ? [""] : [...new Set(ids)];
}

function waysOf(type: string, trigger: LiftedTrigger): Pick<Capability, "kind" | "value"> {
  if (type === "http") return { kind: "route", value: routeOf(trigger) };
  return { kind: "trigger", value: triggerText(type, trigger) };
}

/** A trigger that is no HTTP, by its type and by what calls. */
export function triggerText(type: string, trigger: LiftedTrigger): string {
  return [type, ...callersOf(trigger)].join(" ");
}

/** The pattern as Spin shows it, `private`, or "?" for what is no route at all. */
export function routeOf({ route }: LiftedTrigger): string {
  if (typeof route === "string") return absoluteRoute(route) || "/";
  return isTable(route) && route["private"] === true ? privateRoute : "?";
}

/** Settings that say by what the component is called. Addresses are left out: they may hold passwords. */
function callersOf(trigger: LiftedTrigger): string[] {
  const settings = ["channel", "topic", "cron_expression"].map((name) => trigger[name]);
  return settings.filter((value) => typeof value === "string");
}
