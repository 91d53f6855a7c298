import { RegistryClient } from "../../registry/client/index.ts";
import type { Configuration } from "../definition/configuration.ts";
import { credentialFor, type Transport, transportTo } from "./access.ts";

/** A client for one registry, reached as the resource or else `spin:registries` says; whoever opens it closes it. */
export function openRegistry(
  registry: string,
  configuration: Configuration,
  signal: AbortSignal,
  transport: Transport = {},
): RegistryClient {
  return new RegistryClient({
    ...transportTo(registry, transport, configuration),
    credential: () => credentialFor(registry, configuration),
    signal,
  });
}
