import type { PolicyInputs } from "./properties.ts";

/** A kind of resource: `Route`, `CapabilityGrant`, … */
export type Kind = keyof PolicyInputs;

/** The types that a resource of a kind has: of the plugin, and as a dynamic resource. */
export function typesOf(kind: Kind): readonly [plugin: string, dynamic: string] {
  return [`spin:index:${kind}`, `pulumi-nodejs:dynamic/spin:${kind}`];
}

/** Whether a resource's type is one of that kind, whichever front end made it. */
export function isKind(type: string, kind: Kind): boolean {
  return typesOf(kind).includes(type);
}
