import { registryName } from "../../model/artifact/index.ts";

/** Under this key Docker keeps the credentials of Docker Hub. */
const dockerHubKey = "https://index.docker.io/v1/";

/** The key under which `login` writes. */
export function storeKey(registry: string): string {
  return registryName(registry) === "docker.io" ? dockerHubKey : registryName(registry);
}

/** The registry that a key of a credentials file means: old ones are URLs. Compared as a whole, never as a part. */
export function registryOfKey(key: string): string {
  return registryName(key.replace(/^https?:\/\//, "").replace(/\/.*$/, ""));
}
