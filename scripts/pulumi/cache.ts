import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { GoBuild } from "../go/environment.ts";
import { userCache } from "../user-cache.ts";

/** The one version we install or build; the Go module proxy serves no newer one whole. */
export const pinnedVersion = "v3.259.0";

export interface CliCache {
  /** `<cache>/pulumi-spin/pulumi/<version>`. */
  root: string;
  binDir: string;
  cli: string;
  /** Go's module and build caches, while a build lasts. */
  buildDir: string;
}

/** Where our copy of the CLI lives: in the user's cache, shared by all checkouts. */
export function cliCache(environment: NodeJS.ProcessEnv): CliCache {
  const root = join(userCache(environment), "pulumi", pinnedVersion);
  return { root, binDir: join(root, "bin"), cli: join(root, "bin", "pulumi"), buildDir: join(root, "build") };
}

/** What building it with Go takes. */
export function goBuild({ buildDir }: CliCache): GoBuild {
  const otherWay = "install Pulumi (https://www.pulumi.com/docs/install)";
  return { buildDir, what: "the Pulumi CLI", spaceNeededBytes: 4e9, otherWay };
}

/** The version of the CLI in the cache; undefined when there is none that runs. */
export async function cachedCli(cache: CliCache): Promise<string | undefined> {
  return existsSync(cache.cli) && statSync(cache.cli).size > 0 ? versionOf(cache.cli) : undefined;
}

/**
 * What `pulumi version` says, for example `v3.259.0`; undefined when the file does not run or says something
 * else.
 */
export async function versionOf(cli: string): Promise<string | undefined> {
  const env = { PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout, exitCode } = await execa(cli, ["version"], {
    env,
    reject: false,
    timeout: 30_000,
    stdin: "ignore",
  });
  const version = (stdout ?? "").trim();
  return exitCode === 0 && /^v?\d+\.\d+\.\d+/.test(version) ? version : undefined;
}
