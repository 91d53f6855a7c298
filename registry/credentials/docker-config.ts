/** Docker's config.json, which every container tool reads: `auths`, `credHelpers`, `credsStore`. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { registryName } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { askHelper } from "./credential-helper.ts";
import { registryOfKey, storeKey } from "./names.ts";
import type { Credential, FoundCredential } from "./types.ts";

export interface DockerConfig {
  auths?: Record<string, DockerAuth>;
  credHelpers?: Record<string, string>;
  credsStore?: string;
  [other: string]: unknown;
}

export interface DockerAuth {
  /** Base64 of `user:password`. */
  auth?: string;
  username?: string;
  password?: string;
  identitytoken?: string;
  registrytoken?: string;
}

/** Where Docker looks: `DOCKER_CONFIG` is a folder. */
export function dockerConfigFile(environment: NodeJS.ProcessEnv): string {
  const home = environment["HOME"] || homedir();
  return join(environment["DOCKER_CONFIG"] || join(home, ".docker"), "config.json");
}

/** Empty when the file is not there. ERR_SPIN_REGISTRY_CREDENTIALS when it cannot be read. */
export async function readDockerConfig(file: string): Promise<DockerConfig> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(String((error as NodeJS.ErrnoException).code))) return {};
    throw unreadable(file, "cannot be read", error);
  }
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The parser's message repeats what stands in the file.
  }
  throw unreadable(file, "is no JSON object");
}

/** As a whole and for its owner alone, so that nobody reads half of it; a symbolic link stays one. */
export async function writeDockerConfig(file: string, config: DockerConfig): Promise<void> {
  const target = await realpath(file).catch(() => file);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const unfinished = `${target}.${randomUUID()}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(config, null, "\t")}\n`, { mode: 0o600 });
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** As Docker decides: the registry's own helper, else the store, else what stands in the file. */
export async function dockerCredential(
  file: string,
  registry: string,
  environment: NodeJS.ProcessEnv,
): Promise<FoundCredential | undefined> {
  const config = await readDockerConfig(file);
  const helper = helperOf(config, registry);
  if (helper !== undefined) {
    const credential = await askHelper(helper, storeKey(registry), environment);
    if (credential !== undefined) return { credential, source: `docker-credential-${helper}` };
  }
  const auths = Object.entries(Object(config.auths) as Record<string, unknown>);
  for (const [key, auth] of auths.filter(([key]) => registryOfKey(key) === registryName(registry))) {
    const credential = credentialOf(Object(auth) as DockerAuth, file, key);
    if (credential !== undefined) return { credential, source: file };
  }
  return undefined;
}

export function helperOf(config: DockerConfig, registry: string): string | undefined {
  const helpers = Object.entries(Object(config.credHelpers) as Record<string, unknown>);
  const own = helpers.find(([key]) => registryOfKey(key) === registryName(registry))?.[1];
  const helper = own ?? config.credsStore;
  return typeof helper === "string" && helper !== "" ? helper : undefined;
}

function credentialOf(auth: DockerAuth, file: string, key: string): Credential | undefined {
  const { identitytoken, registrytoken } = auth;
  if (identitytoken) return { kind: "identity", token: identitytoken };
  if (registrytoken) return { kind: "bearer", token: registrytoken };
  if (auth.username && auth.password)
    return { kind: "basic", username: auth.username, password: auth.password };
  return auth.auth ? decodeBasic(auth.auth, `${file}, ${key}`) : undefined;
}

/** `user:password` in base64. ERR_SPIN_REGISTRY_CREDENTIALS. */
export function decodeBasic(encoded: string, place: string): Credential & { kind: "basic" } {
  const text = Buffer.from(encoded, "base64").toString("utf8").replace(/\0+$/, "");
  const colon = text.indexOf(":");
  if (colon <= 0)
    throw new SpinError("ERR_SPIN_REGISTRY_CREDENTIALS", `${place}: expected user:password in base64.`);
  return { kind: "basic", username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function unreadable(file: string, problem: string, cause?: unknown): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_CREDENTIALS", `${file} ${problem}.`, { cause });
}
