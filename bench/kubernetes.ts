/** What a deployment costs on a real API server with the real operator, beside kubectl and beside the bare requests. */
import { execa } from "execa";
import type { KubernetesObject } from "../model/kubernetes/index.ts";
import { contextOf } from "../provider/definition/context.ts";
import { engineOf } from "../provider/definition/engine.ts";
import type { Properties } from "../provider/definition/resource.ts";
import { planOf } from "../provider/kubernetes/plan.ts";
import { kubernetesDeployment } from "../provider/resources/kubernetes-deployment.ts";
import { debianTool } from "../scripts/debian/tools.ts";
import { TestCluster } from "../scripts/kubernetes/cluster.ts";
import type { Ratio } from "./provider.ts";

const engine = engineOf(kubernetesDeployment);
const namespace = "bench";
const executor = "bench";
const rounds = 7;
const many = 100;
/** As many as Pulumi works on at once. */
const atOnce = 16;

export async function benchKubernetes(): Promise<Ratio[]> {
  const cluster = await TestCluster.start();
  try {
    await cluster.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      {
        apiVersion: "core.spinkube.dev/v1alpha1",
        kind: "SpinAppExecutor",
        metadata: { name: executor, namespace },
        spec: { createDeployment: true, deploymentConfig: { runtimeClassName: "wasmtime-spin-v2" } },
      },
    );
    return [await change(cluster), await hundred(cluster)];
  } finally {
    await cluster.stop();
  }
}

const imageOf = (round: number): string =>
  `registry.example.com/shop@sha256:${round.toString(16).padStart(64, "0")}`;
const inputsOf = (name: string, round: number, more: Properties = {}): Properties => ({
  name,
  image: imageOf(round),
  namespace,
  executor,
  replicas: 1,
  variables: {},
  networkPolicy: { allow: ["https://10.1.2.3"] },
  ...more,
});
const contextFor = ({ kubeconfig }: TestCluster): ReturnType<typeof contextOf> =>
  contextOf({ projectDir: "/", configuration: { cluster: { kubeconfig } }, log: () => undefined });
const objectsOf = (inputs: Properties): KubernetesObject[] => planOf(inputs, namespace, {}).objects;

/** A new image until its pods are available: check and update of ours, then the same objects by kubectl. */
async function change(cluster: TestCluster): Promise<Ratio> {
  const { path: kubectl, env } = await debianTool("kubectl");
  const run = (args: string[], input = ""): Promise<unknown> =>
    execa(kubectl, ["--kubeconfig", cluster.kubeconfig, ...args], { input, env });
  const context = contextFor(cluster);
  let { outputs } = await engine.create(inputsOf("ours", 0), context);
  const theirs = async (round: number): Promise<void> => {
    const list = { apiVersion: "v1", kind: "List", items: objectsOf(inputsOf("theirs", round)) };
    await run(["apply", "--server-side", "-f", "-"], JSON.stringify(list));
    if (round === 0) await deploymentOf(cluster, "theirs");
    await run(["-n", namespace, "rollout", "status", "deployment/theirs"]);
  };
  await theirs(0);
  const [ourMs, theirMs]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    ourMs.push(
      await timed(async () => {
        const { inputs } = await engine.check(inputsOf("ours", round), context, { old: outputs });
        outputs = await engine.update(`${namespace}/ours`, outputs, inputs, context);
      }),
    );
    theirMs.push(await timed(() => theirs(round)));
  }
  return {
    name: "an image changes, until its pods are available",
    ms: median(ourMs),
    against: { name: "kubectl apply --server-side, rollout status", ms: median(theirMs) },
    limit: 1.3,
  };
}

/** A hundred deployments, with all checks and without waiting, beside nothing but their objects. */
async function hundred(cluster: TestCluster): Promise<Ratio> {
  const context = contextFor(cluster);
  const numbers = Array.from({ length: many }, (_, index) => index);
  const bareMs = await timed(() =>
    sideBySide(numbers, async (index) => {
      for (const object of objectsOf(inputsOf(`bare-${index}`, index)))
        await cluster.client.apply(object, { fieldManager: "bench" }, context.signal);
    }),
  );
  const ourMs = await timed(() =>
    sideBySide(numbers, async (index) => {
      const { inputs } = await engine.check(
        inputsOf(`app-${index}`, index, { waitForReady: false }),
        context,
      );
      await engine.create(inputs, context);
    }),
  );
  return {
    name: `${many} deployments are made`,
    ms: ourMs,
    against: { name: "the bare requests for their objects", ms: bareMs },
    limit: 2.5,
  };
}

async function deploymentOf({ client }: TestCluster, name: string): Promise<void> {
  while (
    (await client.get({ kind: "Deployment", namespace, name }, AbortSignal.timeout(30_000))) === undefined
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
