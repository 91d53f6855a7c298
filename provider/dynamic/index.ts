/**
 * The dynamic front end: what the constant closure in every resource of the SDK requires by name
 * (`pulumi-spin/provider`). State holds that closure's text alone, so an upgrade of this package changes no resource.
 */
import { SpinError } from "../../model/errors/index.ts";
import type { ResourceDefinition } from "../definition/resource.ts";
import { resources } from "../resources/index.ts";
import { type DynamicHandlers, handlersOf } from "./handlers.ts";

const handlers = new Map<string, DynamicHandlers>();

/** Looks up a resource by its token, for example `spin:index:Route`. */
export function handle(token: string): DynamicHandlers {
  const found = handlers.get(token) ?? handlersOf(definitionOf(token));
  handlers.set(token, found);
  return found;
}

function definitionOf(token: string): ResourceDefinition {
  const definition = resources.find((resource) => resource.token === token);
  if (definition !== undefined) return definition;
  throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", `This version of pulumi-spin has no resource ${token}.`);
}
