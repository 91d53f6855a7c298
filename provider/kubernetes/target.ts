import { canonicalJson } from "../../model/json.ts";
import { manager } from "../../model/kubernetes/index.ts";
import type { Context, Properties } from "../definition/resource.ts";
import { KubernetesClient } from "./api/client.ts";
import { type ClusterSettings, loadKubeconfig } from "./api/kubeconfig.ts";

/** Where a deployment is, and as whom. */
export interface Target {
  client: KubernetesClient;
  namespace: string;
  fieldManager: string;
}

/** One connection for all resources of a cluster, as long as the process lives. */
const clients = new Map<string, Promise<KubernetesClient>>();

/** The deployment's own cluster settings come before the provider's. ERR_SPIN_CLUSTER_CONFIG. */
export async function targetOf(inputs: Properties, context: Context): Promise<Target> {
  const settings = settingsOf(inputs, context);
  const key = canonicalJson([settings.kubeconfig, settings.context, context.projectDir]);
  const found = clients.get(key) ?? openClient(settings, context.projectDir);
  clients.set(key, found);
  try {
    const client = await found;
    const { fieldManager = manager } = settings;
    return { client, fieldManager, namespace: namespaceOf(inputs, settings, client) };
  } catch (error) {
    clients.delete(key);
    throw error;
  }
}

async function openClient(settings: ClusterSettings, projectDir: string): Promise<KubernetesClient> {
  return new KubernetesClient(await loadKubeconfig(settings, projectDir));
}

/** A cluster that the deployment names is not mixed with the provider's, except for the manager's name. */
function settingsOf({ cluster }: Properties, { configuration }: Context): ClusterSettings {
  if (cluster === undefined) return configuration.cluster ?? {};
  const { fieldManager } = configuration.cluster ?? {};
  return { ...(fieldManager !== undefined && { fieldManager }), ...cluster };
}

function namespaceOf({ namespace }: Properties, settings: ClusterSettings, client: KubernetesClient): string {
  return namespace ?? settings.namespace ?? client.namespace ?? "default";
}
