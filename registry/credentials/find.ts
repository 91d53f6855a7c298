/** The credentials for a registry, from wherever this machine keeps them. */
import { homedir } from "node:os";
import { join } from "node:path";
import { registryName } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { decodeBasic, dockerConfigFile, dockerCredential, readDockerConfig } from "./docker-config.ts";
import { registryOfKey } from "./names.ts";
import type { Credential, FoundCredential } from "./types.ts";

/**
 * In this order: the environment (`SPIN_REGISTRY_USERNAME` and `SPIN_REGISTRY_PASSWORD`, for the registry that
 * `SPIN_REGISTRY` names, else for each), `REGISTRY_AUTH_FILE`, Docker's config with its helpers, Spin's own file. Whoever
 * has none is anonymous. ERR_SPIN_REGISTRY_CREDENTIALS for a source that is there and makes no sense.
 */
export async function findCredential(
  registry: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<FoundCredential | undefined> {
  const given = fromEnvironment(registry, environment);
  if (given !== undefined) return { credential: given, source: "SPIN_REGISTRY_USERNAME" };
  const file = environment["REGISTRY_AUTH_FILE"];
  for (const each of [...(file ? [file] : []), dockerConfigFile(environment)]) {
    const found = await dockerCredential(each, registry, environment);
    if (found !== undefined) return found;
  }
  return fromSpin(registry, environment);
}

function fromEnvironment(registry: string, environment: NodeJS.ProcessEnv): Credential | undefined {
  const only = environment["SPIN_REGISTRY"];
  const username = environment["SPIN_REGISTRY_USERNAME"];
  const password = environment["SPIN_REGISTRY_PASSWORD"];
  if (!username && !password) return undefined;
  if (only && registryOfKey(only) !== registryName(registry)) return undefined;
  if (username && password) return { kind: "basic", username, password };
  const [set, unset] = username ? ["USERNAME", "PASSWORD"] : ["PASSWORD", "USERNAME"];
  throw new SpinError(
    "ERR_SPIN_REGISTRY_CREDENTIALS",
    `SPIN_REGISTRY_${set} is set, and SPIN_REGISTRY_${unset} is not.`,
    { hint: "Set both, or neither." },
  );
}

/** What `spin registry login` writes: `{"auths": {"ghcr.io": "<base64 of user:password>"}}`. */
async function fromSpin(
  registry: string,
  environment: NodeJS.ProcessEnv,
): Promise<FoundCredential | undefined> {
  const home = environment["HOME"] || homedir();
  const base = environment["XDG_CONFIG_HOME"] || join(home, ".config");
  const file = join(base, "fermyon", "registry-auth.json");
  const { auths } = await readDockerConfig(file);
  const own = Object.entries(Object(auths) as Record<string, unknown>).find(
    ([key]) => registryOfKey(key) === registryName(registry),
  );
  if (typeof own?.[1] !== "string") return undefined;
  return { credential: decodeBasic(own[1], `${file}, ${own[0]}`), source: file };
}
