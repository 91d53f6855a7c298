import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { PulumiCli } from "./cli.ts";
import { versionOf } from "./cache.ts";

/** Older ones do not know the dynamic providers' protocol and the flags that we use. */
export const oldestVersion = "3.200.0";

/**
 * The machine's own CLI when it is recent enough and has a language host for Node; says why one that is there
 * is not used.
 */
export async function findOnPath(
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<PulumiCli | undefined> {
  const path = findExecutable("pulumi", environment);
  if (path === undefined) return undefined;
  const version = await versionOf(path);
  if (version === undefined) {
    say(`${path} does not say its version (pulumi version): it is not used.`);
    return undefined;
  }
  if (!isAtLeast(version, oldestVersion)) {
    say(`${path} is Pulumi ${version}, older than ${oldestVersion}: it is not used.`);
    return undefined;
  }
  // Pulumi looks for its language hosts beside its own file, links resolved, and then on PATH.
  const binDir = dirname(realpathSync(path));
  if (!existsSync(join(binDir, languageHost)) && findExecutable(languageHost, environment) === undefined) {
    say(
      `${path} is Pulumi ${version} without ${languageHost}, which runs TypeScript programs: it is not used.`,
    );
    return undefined;
  }
  return { binDir: dirname(path), path, version, origin: "PATH" };
}

const languageHost = "pulumi-language-nodejs";

/** The first executable file of that name on PATH, as a shell would find it. */
export function findExecutable(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Compares `major.minor.patch`; a `v` before and anything after are ignored. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [found, wanted] = [parts(version), parts(oldest)];
  const differing = wanted.findIndex((part, index) => part !== found[index]);
  return differing === -1 || (found[differing] ?? 0) > (wanted[differing] ?? 0);
}

function parts(version: string): number[] {
  return (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []).slice(1).map((part) => Number(part ?? 0));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
