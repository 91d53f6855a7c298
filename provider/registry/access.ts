/** How a stack reaches a registry: by what the resource says, by the provider's settings, by what this machine keeps. */
import { type Credential, findCredential } from "../../registry/credentials/index.ts";
import { type Configuration, registrySettingsOf } from "../definition/configuration.ts";

/** Of a resource. What is left out is as the provider's settings have it. */
export interface Transport {
  insecure?: boolean | undefined;
  /** PEM of authorities. */
  ca?: string | undefined;
}

/** Whoever names an authority means TLS, on this machine too. */
export function transportTo(
  registry: string,
  given: Transport,
  configuration: Configuration,
): { insecure?: boolean; ca?: string } {
  const settings = registrySettingsOf(configuration, registry);
  const ca = given.ca ?? settings.ca;
  const insecure = given.insecure ?? settings.insecure ?? (ca === undefined ? undefined : false);
  return { ...(insecure === undefined ? {} : { insecure }), ...(ca === undefined ? {} : { ca }) };
}

/** `undefined`: anonymous. */
export async function credentialFor(
  registry: string,
  configuration: Configuration,
): Promise<Credential | undefined> {
  const { username, password, identityToken } = registrySettingsOf(configuration, registry);
  if (identityToken !== undefined) return { kind: "identity", token: identityToken };
  if (username !== undefined && password !== undefined) return { kind: "basic", username, password };
  return (await findCredential(registry))?.credential;
}
