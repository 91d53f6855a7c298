import type * as pulumi from "@pulumi/pulumi";
import type { Component } from "./component.ts";

/** A component of the app, or its id. */
export type ComponentRef = Component | pulumi.Input<string>;

export function idOf(component: ComponentRef): pulumi.Input<string>;
export function idOf(component: ComponentRef | undefined): pulumi.Input<string> | undefined;
export function idOf(component: ComponentRef | undefined): pulumi.Input<string> | undefined {
  return isComponent(component) ? component.componentId : component;
}

/** Components of a trigger, by the role they play in it. */
export type ComponentRoles = Record<string, ComponentRef | ComponentRef[]>;

export function roleIdsOf(roles: ComponentRoles | undefined): Record<string, unknown> | undefined {
  if (roles === undefined) return undefined;
  const entries = Object.entries(roles);
  return Object.fromEntries(
    entries.map(([role, it]) => [role, Array.isArray(it) ? it.map((one) => idOf(one)) : idOf(it)]),
  );
}

function isComponent(component: ComponentRef | undefined): component is Component {
  // An Output answers every property with another Output: only a resource has a URN of its own.
  return typeof component === "object" && "urn" in component && !("apply" in component);
}
