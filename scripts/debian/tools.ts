/**
 * Programs for tests from Debian's packages, unpacked into the user's cache: nothing is installed into the system, no
 * root is needed, and a machine with another Debian does as well. A program on PATH is taken first.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { withLock } from "../bootstrap/lock.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { findExecutable } from "../executable.ts";
import { userCache } from "../user-cache.ts";
import { downloadPackages } from "./download.ts";

export interface Tool {
  path: string;
  /** What the program needs besides the caller's environment: where its libraries are. */
  env: Record<string, string>;
}

/** Each from the newest release whose build runs on all that are in use. */
const sources = {
  "docker-registry": { suite: "trixie", packages: ["docker-registry"] },
  oras: { suite: "trixie", packages: ["oras"] },
  cosign: { suite: "trixie", packages: ["cosign"] },
  // Keeps signatures elsewhere than cosign 2. The name is ours: on PATH "cosign" may be either.
  "cosign-3": { suite: "forky", packages: ["cosign"], program: "cosign" },
  kubectl: { suite: "trixie", packages: ["kubernetes-client"] },
  etcd: { suite: "trixie", packages: ["etcd-server"] },
  // Newer builds want a newer libc.
  skopeo: { suite: "bookworm", packages: ["skopeo", "libgpgme11", "libassuan0", "libdevmapper1.02.1"] },
} as const satisfies Record<string, DebianSource>;

interface DebianSource {
  suite: string;
  packages: readonly string[];
  /** Default: the tool's name. */
  program?: string;
}

export type ToolName = keyof typeof sources;

/** The program, downloaded once. Throws a Failure with the next step where it cannot be had. */
export async function debianTool(
  name: ToolName,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Tool> {
  const own = findExecutable(name, environment);
  if (own !== undefined) return { path: own, env: {} };
  const { suite, packages, program = name }: DebianSource = sources[name];
  const root = join(userCache(environment), "debian", suite, name);
  if (!existsSync(root)) {
    mkdirSync(dirname(root), { recursive: true });
    await withLock(`${root}.lock`, `the download of ${name}`, async () => {
      if (!existsSync(root)) await unpack(suite, packages, root);
    });
  }
  return { path: join(root, "usr", "bin", program), env: libraryPath(root) };
}

async function unpack(suite: string, packages: readonly string[], root: string): Promise<void> {
  const progress = startProgress(`Getting ${packages[0]} from Debian's packages`);
  const work = mkdtempSync(`${root}.`);
  try {
    for (const file of await downloadPackages(suite, packages, work))
      await execa("dpkg-deb", ["-x", file, join(work, "root")]);
    renameSync(join(work, "root"), root);
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function libraryPath(root: string): Record<string, string> {
  const libraries = join(root, "usr", "lib");
  const names = existsSync(libraries) ? readdirSync(libraries) : [];
  const folders = names.flatMap((it) =>
    it.endsWith("-linux-gnu") ? [join(libraries, it), join(root, "lib", it)] : [],
  );
  return folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(":") };
}
