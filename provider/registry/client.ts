import { RegistryClient } from "../../registry/client/index.ts";
import { type Configuration, registrySettingsOf } from "../definition/configuration.ts";

/** A client for one registry, reached as `spin:registries` says; whoever opens it closes it. */
export function openRegistry(
  registry: string,
  configuration: Configuration,
  signal: AbortSignal,
): RegistryClient {
  const { username, password, identityToken, insecure, ca } = registrySettingsOf(configuration, registry);
  const credential =
    username !== undefined && password !== undefined
      ? ({ kind: "basic", username, password } as const)
      : identityToken !== undefined
        ? ({ kind: "identity", token: identityToken } as const)
        : undefined;
  return new RegistryClient({
    signal,
    ...(credential === undefined ? {} : { credential: async () => credential }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(ca === undefined ? {} : { ca }),
  });
}
