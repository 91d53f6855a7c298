/** `login` and `logout`: where Docker would write, so that every container tool finds it. */
import { registryName } from "../../model/artifact/index.ts";
import {
  type DockerAuth,
  dockerConfigFile,
  helperOf,
  readDockerConfig,
  writeDockerConfig,
} from "./docker-config.ts";
import { eraseWithHelper, storeWithHelper } from "./credential-helper.ts";
import { registryOfKey, storeKey } from "./names.ts";

export interface Login {
  username: string;
  password: string;
}

/** Where it was written: a helper, which encrypts, or the file, which does not. */
export interface Stored {
  place: string;
  isPlain: boolean;
}

export async function storeCredential(
  registry: string,
  login: Login,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Stored> {
  const file = dockerConfigFile(environment);
  const config = await readDockerConfig(file);
  const helper = helperOf(config, registry);
  const key = storeKey(registry);
  if (helper !== undefined) await storeWithHelper(helper, key, login, environment);
  const encoded = Buffer.from(`${login.username}:${login.password}`).toString("base64");
  // An empty entry tells Docker that the store has it.
  const auths = { ...without(config.auths, registry), [key]: helper === undefined ? { auth: encoded } : {} };
  await writeDockerConfig(file, { ...config, auths });
  return helper === undefined
    ? { place: file, isPlain: true }
    : { place: `docker-credential-${helper}`, isPlain: false };
}

/** False when nobody was logged in. */
export async function eraseCredential(
  registry: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const file = dockerConfigFile(environment);
  const config = await readDockerConfig(file);
  const helper = helperOf(config, registry);
  if (helper !== undefined) await eraseWithHelper(helper, storeKey(registry), environment);
  const auths = without(config.auths, registry);
  if (Object.keys(auths).length === Object.keys(config.auths ?? {}).length) return false;
  await writeDockerConfig(file, { ...config, auths });
  return true;
}

function without(auths: Record<string, DockerAuth> = {}, registry: string): Record<string, DockerAuth> {
  const others = Object.entries(auths).filter(([key]) => registryOfKey(key) !== registryName(registry));
  return Object.fromEntries(others);
}
