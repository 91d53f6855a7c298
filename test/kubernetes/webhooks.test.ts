/** A cluster whose operator answers the API server's questions, as with cert-manager. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { describeError } from "../../model/errors/index.ts";
import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import { contextOf } from "../../provider/definition/context.ts";
import { engineOf } from "../../provider/definition/engine.ts";
import { kubernetesDeployment } from "../../provider/resources/kubernetes-deployment.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { rejected } from "../support/caught.ts";
import { eventually } from "./eventually.ts";
import { image, newNamespace, soon } from "./setting.ts";

const engine = engineOf(kubernetesDeployment);
let cluster: TestCluster;
let namespace = "";
let executor = "";
let lines: string[] = [];
beforeAll(async () => {
  cluster = await TestCluster.start({ webhooks: true });
  // Until its webhooks answer, nothing can be made.
  await eventually(async () => void ({ namespace, executor } = await newNamespace(cluster)));
}, 120_000);
afterAll(() => cluster.stop());

const context = () =>
  contextOf({
    projectDir: "/",
    configuration: { cluster: { kubeconfig: cluster.kubeconfig } },
    log: (line) => lines.push(line),
    signal: soon(),
  });
const spinApp = (spec: object): KubernetesObject => ({
  apiVersion: "core.spinkube.dev/v1alpha1",
  kind: "SpinApp",
  metadata: { name: "asked", namespace },
  spec: { image, executor, replicas: 1, ...spec },
});
const dryRun = (object: KubernetesObject) =>
  cluster.client.apply(object, { fieldManager: "pulumi-spin", dryRun: true }, soon());

describe("the operator's webhooks", () => {
  test.each<[string, object, RegExp]>([
    ["no replicas", { replicas: 0 }, /replicas must be > 0/],
    ["replicas with autoscaling", { replicas: 2, enableAutoscaling: true }, /cannot be set when autoscaling/],
    ["an executor of another namespace", { executor: "other" }, /executor does not exist/],
  ])("refuse %s in a dry run, and what they say is told", async (_what, spec, text) => {
    const error = await rejected(dryRun(spinApp(spec)));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_REFUSED", message: expect.stringMatching(text) });
  });

  test("refuse an executor that says twice how it runs", async () => {
    const object = {
      apiVersion: "core.spinkube.dev/v1alpha1",
      kind: "SpinAppExecutor",
      metadata: { name: "twice", namespace },
      spec: { createDeployment: true, deploymentConfig: { runtimeClassName: "a", spinImage: "b" } },
    };
    expect(await rejected(dryRun(object))).toMatchObject({ code: "ERR_SPIN_CLUSTER_REFUSED" });
  });

  test("take a deployment, in preview and for good", async () => {
    const inputs = { image, name: "shop", namespace, executor, replicas: 1 };
    const { inputs: checked, derived, issues } = await engine.check(inputs, context());
    expect(issues).toEqual([]);
    await engine.tryOut({ ...checked, ...derived }, context());
    const { id, outputs } = await engine.create(checked, context());
    expect(outputs).toMatchObject({ status: "available" });
    expect((await engine.read(id, outputs, context()))?.outputs).toEqual(outputs);
    await engine.delete(id, outputs, context());
  });

  test("that miss an executor do not fail a preview: the program may be about to make it", async () => {
    lines = [];
    const wanted = { image, name: "shop", namespace, executor: "soon" };
    const { inputs, derived } = await engine.check(wanted, context());
    await engine.tryOut({ ...inputs, ...derived }, context());
    expect(lines.join("\n")).toContain('has no SpinAppExecutor "soon"');
  });

  test("that do not answer are a fault of the cluster, which says where to look", async () => {
    await cluster.stopOperator();
    const error = await rejected(dryRun(spinApp({})));
    expect(describeError(error)).toMatch(
      /could not ask a webhook.*ERR_SPIN_CLUSTER_FAULT.*operator and its webhooks/,
    );
  });
});
