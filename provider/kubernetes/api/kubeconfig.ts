/** Finds a cluster as kubectl does: a file or text that was named, the files of KUBECONFIG, ~/.kube/config, the pod's own account. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { SpinError } from "../../../model/errors/index.ts";
import { nearest } from "../../../model/did-you-mean.ts";
import type { Configuration } from "../../definition/configuration.ts";

export type ClusterSettings = NonNullable<Configuration["cluster"]>;

const accountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** ERR_SPIN_CLUSTER_CONFIG says which file or context is missing or cannot be read. */
export async function loadKubeconfig(
  { kubeconfig, context }: ClusterSettings,
  projectDir: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<KubeConfig> {
  // Half a second and 100 MB: only for who has a cluster.
  const { KubeConfig } = await import("@kubernetes/client-node");
  const found = new KubeConfig();
  const parts = sourcesOf(kubeconfig, projectDir, environment).map((source) =>
    partOf(source, new KubeConfig()),
  );
  if (parts.length === 0) {
    if (environment["KUBERNETES_SERVICE_HOST"] === undefined || !existsSync(accountToken))
      throw nothingFound();
    found.loadFromCluster();
  }
  if (parts.length > 0) {
    // Of one name the first counts, as with kubectl.
    const first = <T extends { name: string }>(lists: T[][]): T[] => [
      ...new Map(
        lists
          .flat()
          .toReversed()
          .map((it) => [it.name, it]),
      ).values(),
    ];
    found.loadFromOptions({
      clusters: first(parts.map((it) => it.clusters)),
      users: first(parts.map((it) => it.users)),
      contexts: first(parts.map((it) => it.contexts)),
      currentContext: parts.map((it) => it.currentContext).find(Boolean) ?? "",
    });
  }
  // The library asks for this where there is no TLS to verify, as with kubectl proxy.
  found.clusters = found.clusters.map((it) =>
    it.server.startsWith("http:") ? { ...it, skipTLSVerify: true } : it,
  );
  if (context !== undefined) found.setCurrentContext(context);
  requireContext(found);
  return found;
}

type Source = { file: string } | { text: string };

function sourcesOf(
  kubeconfig: string | undefined,
  projectDir: string,
  environment: NodeJS.ProcessEnv,
): Source[] {
  const home = environment["HOME"] ?? homedir();
  if (kubeconfig !== undefined) {
    // A path has one line and no colon with a blank after it.
    if (/[\n{]|:\s/.test(kubeconfig)) return [{ text: kubeconfig }];
    const file = kubeconfig.replace(/^~(?=\/)/, home);
    return [{ file: isAbsolute(file) ? file : resolve(projectDir, file) }];
  }
  const listed = environment["KUBECONFIG"]?.split(delimiter).filter((it) => it !== "") ?? [];
  const files = listed.length > 0 ? listed : [join(home, ".kube", "config")];
  return files.filter((file) => existsSync(file)).map((file) => ({ file }));
}

function partOf(source: Source, part: KubeConfig): KubeConfig {
  try {
    if ("text" in source) part.loadFromString(source.text);
    else {
      readFileSync(source.file);
      part.loadFromFile(source.file);
    }
    return part;
  } catch (error) {
    // Not the parser's message, which may quote lines with keys; a file's own error names it and nothing else.
    const code = (error as NodeJS.ErrnoException).code;
    const name = "text" in source ? "The text in `kubeconfig`" : source.file;
    const problem = code === undefined ? "is no kubeconfig" : `cannot be read (${code})`;
    throw new SpinError("ERR_SPIN_CLUSTER_CONFIG", `${name} ${problem}.`);
  }
}

function requireContext(config: KubeConfig): void {
  const names = config.getContexts().map(({ name }) => name);
  const name = config.getCurrentContext();
  if (!name && names.length > 0) {
    const message = "The kubeconfig has no current context, and none is named.";
    throw new SpinError("ERR_SPIN_CLUSTER_CONFIG", message, {
      hint: `Name one in spin:cluster or the input cluster: ${names.join(", ")}.`,
    });
  }
  if (config.getCurrentCluster() !== null) return;
  const guess = nearest(name, names);
  const known = names.length === 0 ? "It has no contexts." : `It has ${names.join(", ")}.`;
  throw new SpinError("ERR_SPIN_CLUSTER_CONFIG", `The kubeconfig has no context "${name}" with a cluster.`, {
    hint: guess === undefined ? known : `Did you mean "${guess}"? ${known}`,
  });
}

function nothingFound(): SpinError {
  const message =
    "There is no kubeconfig: none is named, KUBECONFIG names no file, and ~/.kube/config is not there.";
  return new SpinError("ERR_SPIN_CLUSTER_CONFIG", message);
}
