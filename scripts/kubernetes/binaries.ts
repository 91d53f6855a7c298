/**
 * A real API server, its controllers and the operator of SpinKube, built once from the Go module proxy into the user's
 * cache with the versions in server/go.mod and operator/go.mod. Nothing of it is published as a package or on a registry.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../bootstrap/lock.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { prepareGo } from "../go/environment.ts";
import { runGo } from "../go/run.ts";
import { userCache } from "../user-cache.ts";

const serverVersion = "1.35.4";
const operatorModule = "github.com/spinkube/spin-operator";

const [major, minor] = serverVersion.split(".");
const component = "k8s.io/component-base/version";
const versionFlags = `-X ${component}.gitVersion=v${serverVersion} -X ${component}.gitMajor=${major} -X ${component}.gitMinor=${minor}`;

const programs = {
  "kube-apiserver": {
    module: "server",
    packageName: "k8s.io/kubernetes/cmd/kube-apiserver",
    flags: versionFlags,
  },
  "kube-controller-manager": {
    module: "server",
    packageName: "k8s.io/kubernetes/cmd/kube-controller-manager",
    flags: versionFlags,
  },
  "spin-operator": { module: "operator", packageName: `${operatorModule}/cmd`, flags: "" },
};

export interface KubernetesBinaries {
  apiServer: string;
  controllerManager: string;
  operator: string;
  /** The operator's own config folder: crd/bases, webhook, samples. */
  operatorConfig: string;
}

/** Builds what is missing, in some ten minutes. Throws a Failure when Go or space is missing or the build fails. */
export async function kubernetesBinaries(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<KubernetesBinaries> {
  const root = join(userCache(environment), "kubernetes", `v${serverVersion}`);
  if (!isBuilt(root)) {
    mkdirSync(root, { recursive: true });
    await withLock(join(root, "lock"), "the build of a Kubernetes API server", async () => {
      if (!isBuilt(root)) await build(root, environment);
    });
  }
  const program = (name: keyof typeof programs): string => join(root, "bin", name);
  return {
    apiServer: program("kube-apiserver"),
    controllerManager: program("kube-controller-manager"),
    operator: program("spin-operator"),
    operatorConfig: join(root, "operator-config"),
  };
}

async function build(root: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const buildDir = join(root, "build");
  const { go, env } = await prepareGo(
    { buildDir, what: "a Kubernetes API server", spaceNeededBytes: 6e9 },
    environment,
  );
  const progress = startProgress(
    "Building a Kubernetes API server and SpinKube's operator, once, in ten minutes",
  );
  const onStderrLine = (line: string): void => progress.update(line.replace(/^go: /, ""));
  try {
    mkdirSync(join(root, "bin"), { recursive: true });
    for (const [name, { module, packageName, flags }] of Object.entries(programs)) {
      const draft = join(buildDir, name);
      const args = [
        "build",
        "-v",
        "-trimpath",
        "-ldflags",
        `-s -w ${flags}`.trim(),
        "-o",
        draft,
        packageName,
      ];
      await runGo(go, args, { cwd: join(import.meta.dirname, module), env, onStderrLine });
      renameSync(draft, join(root, "bin", name));
    }
    const found = await runGo(go, ["list", "-m", "-f", "{{.Dir}}", operatorModule], {
      cwd: join(import.meta.dirname, "operator"),
      env,
      onStderrLine,
    });
    rmSync(join(root, "operator-config"), { recursive: true, force: true });
    cpSync(join(found.trim(), "config"), join(root, "operator-config"), { recursive: true });
    writeFileSync(stampOf(root), fingerprint());
    rmSync(buildDir, { recursive: true, force: true });
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

function isBuilt(root: string): boolean {
  const files = Object.keys(programs).map((name) => join(root, "bin", name));
  if (![...files, join(root, "operator-config"), stampOf(root)].every((file) => existsSync(file)))
    return false;
  return readFileSync(stampOf(root), "utf8") === fingerprint();
}

/** Says which sources the programs were built from. */
function stampOf(root: string): string {
  return join(root, "built-from");
}

function fingerprint(): string {
  const hash = createHash("sha256").update(JSON.stringify(programs));
  for (const file of ["server/go.mod", "server/go.sum", "operator/go.mod", "operator/go.sum"])
    hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest("hex");
}
