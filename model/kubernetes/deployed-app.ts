import type { AppDefinition } from "../definition.ts";
import type { Manifest } from "../manifest/index.ts";
import type { DeployedApp } from "./types.ts";

export function deployedDefinition({ variables, components }: AppDefinition): DeployedApp {
  return {
    variables,
    allowedOutboundHosts: Object.fromEntries(
      components.map(({ id, grants }) => [
        id,
        grants.flatMap(({ allowedOutboundHosts }) => allowedOutboundHosts),
      ]),
    ),
  };
}

/** Of a manifest in normal form: every component has an id. */
export function deployedManifest({ variables = {}, component = {} }: Manifest): DeployedApp {
  return {
    variables: Object.entries(variables).map(([name, { secret = false, required = false }]) => ({
      name,
      secret,
      required,
    })),
    allowedOutboundHosts: Object.fromEntries(
      Object.entries(component).map(([id, it]) => [id, it.allowed_outbound_hosts ?? []]),
    ),
  };
}
