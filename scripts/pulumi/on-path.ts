import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { findExecutable, isAtLeast } from "../executable.ts";
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
