/** The life of a deployment against the real API server and the real operator, as both front ends drive it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ArtifactDefinition } from "../../model/definition.ts";
import { describeError } from "../../model/errors/index.ts";
import { contextOf } from "../../provider/definition/context.ts";
import { engineOf } from "../../provider/definition/engine.ts";
import { isPartialFailure, type PartialFailure } from "../../provider/definition/partial-failure.ts";
import type { Properties } from "../../provider/definition/resource.ts";
import { kubernetesDeployment } from "../../provider/resources/kubernetes-deployment.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { eventually } from "./eventually.ts";
import { executorOf, image, newNamespace, otherImage, soon } from "./setting.ts";

const engine = engineOf(kubernetesDeployment);
const canary = "canary-5e1f";
let cluster: TestCluster;
let namespace = "";
let executor = "";
let lines: string[] = [];
beforeAll(async () => {
  cluster = await TestCluster.start();
}, 120_000);
afterAll(() => cluster.stop());
beforeEach(async () => {
  ({ namespace, executor } = await newNamespace(cluster));
  lines = [];
});

const context = () =>
  contextOf({
    projectDir: "/",
    configuration: { cluster: { kubeconfig: cluster.kubeconfig } },
    log: (line) => lines.push(line),
    signal: AbortSignal.timeout(90_000),
  });
const given = (more: Properties = {}): Properties => ({ image, name: "shop", namespace, executor, ...more });

/** What a front end does up to an operation: the checked inputs, and the outputs that are known. */
async function check(
  inputs: Properties,
  old?: Properties,
): Promise<{ inputs: Properties; planned: Properties }> {
  const { inputs: checked, derived, issues } = await engine.check(inputs, context(), { old });
  const errors = issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(errors.map(({ code, path, message }) => `${code} ${path}: ${message}`).join("\n"));
  return { inputs: checked, planned: { ...checked, ...derived } };
}
/** What a preview does. */
async function preview(inputs: Properties, old?: Properties): Promise<Properties> {
  const { planned } = await check(inputs, old);
  await engine.tryOut(planned, context(), old);
  return planned;
}
async function up(inputs: Properties, old?: Properties): Promise<Properties> {
  const { inputs: checked } = await check(inputs, old);
  if (old === undefined) return (await engine.create(checked, context())).outputs;
  return engine.update(idIn(old), old, checked, context());
}
const idIn = ({ namespace: of, name }: Properties): string => `${of}/${name}`;
const refresh = async (state: Properties): Promise<Properties | undefined> =>
  (await engine.read(idIn(state), state, context()))?.outputs;
const changes = async (inputs: Properties, old: Properties): Promise<string[]> =>
  Object.keys(engine.diff(old, (await check(inputs, old)).planned).detailed).toSorted();
const destroy = (state: Properties): Promise<void> => engine.delete(idIn(state), state, context());
async function failing(work: Promise<unknown>): Promise<PartialFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (isPartialFailure(error)) return error;
  throw error ?? new Error("It succeeded.");
}
const live = (kind: Parameters<TestCluster["client"]["get"]>[0]["kind"], name = "shop") =>
  cluster.client.get({ kind, namespace, name }, soon());
/** Those of the deployment; the operator makes some too. */
const secrets = () =>
  cluster.client.list(
    { kind: "Secret", namespace },
    { labelSelector: "app.kubernetes.io/managed-by=pulumi-spin" },
    soon(),
  );
const edit = (spec: object, by = "kubectl-edit") =>
  cluster.client.apply(
    {
      apiVersion: "core.spinkube.dev/v1alpha1",
      kind: "SpinApp",
      metadata: { name: "shop", namespace },
      spec,
    },
    { fieldManager: by, force: true },
    soon(),
  );

describe("a deployment", () => {
  test("is made, stays as it is, changes in place, and is gone without a trace", async () => {
    const first = await up(given({ replicas: 1, variables: { token: canary }, runtimeConfig: "" }));
    expect(first).toMatchObject({
      status: "available",
      reference: image,
      url: `http://shop.${namespace}.svc.cluster.local/`,
    });
    const pods = await cluster.client.list({ kind: "Pod", namespace }, {}, soon());
    expect(pods.map(({ metadata }) => metadata.annotations?.["pulumi-spin/revision"])).toEqual([
      first["revision"],
    ]);
    expect(await secrets()).toHaveLength(2);
    expect(
      await changes(given({ replicas: 1, variables: { token: canary }, runtimeConfig: "" }), first),
    ).toEqual([]);
    expect(await refresh(first)).toEqual(first);

    const next = given({
      image: otherImage,
      replicas: 2,
      variables: { token: "another" },
      runtimeConfig: "",
    });
    expect(await changes(next, first)).toEqual(
      expect.arrayContaining(["reference", "replicas", "variables.token", 'objects["SpinApp/shop"]']),
    );
    const second = await up(next, first);
    // The operator's own status is of the former revision right after the change; these pods are not.
    const serving = (await live("Deployment"))?.["status"] as {
      updatedReplicas: number;
      availableReplicas: number;
    };
    expect(serving).toMatchObject({ updatedReplicas: 2, availableReplicas: 2 });
    expect(await secrets()).toHaveLength(2);
    expect(lines.join("\n")).toContain("pods of the new revision");

    await destroy(second);
    expect(await live("SpinApp")).toBeUndefined();
    expect(await live("Deployment")).toBeUndefined();
    expect(await secrets()).toEqual([]);
    await destroy(second);
    expect(await refresh(second)).toBeUndefined();
  });

  test("writes nothing in a preview, and holds no secret where it would be read", async () => {
    const planned = await preview(given({ variables: { token: canary }, createNamespace: true }));
    expect(planned).toMatchObject({ server: cluster.server, status: "available" });
    expect(await live("SpinApp")).toBeUndefined();
    expect(await secrets()).toEqual([]);
    const { variables: _variables, ...others } = planned;
    expect(JSON.stringify(others)).not.toContain(canary);
    expect(engine.secrets(planned)).toEqual([["variables", "token"]]);
  });

  test("makes the namespace when that is wanted", async () => {
    const own = { namespace: `${namespace}-new` };
    await expect(up(given(own))).rejects.toThrow(/SpinAppExecutor|no namespace/);
    const failure = await failing(up(given({ ...own, createNamespace: true }))).catch(
      (error: Error) => error,
    );
    // It is there, and nobody has put an executor in it.
    expect(describeError(failure)).toContain("ERR_SPIN_CLUSTER_EXECUTOR");
    expect(await cluster.client.get({ kind: "Namespace", name: own.namespace }, soon())).toBeDefined();
  });

  test("that exists already is not taken over unless that is wanted, or it is what a run before made", async () => {
    await edit({ image: otherImage, executor, replicas: 1 }, "someone");
    const foreign = {
      code: "ERR_SPIN_DEPLOYMENT_EXISTS",
      message: expect.stringContaining("already, with the image"),
    };
    await expect(preview(given())).rejects.toMatchObject(foreign);
    await expect(up(given())).rejects.toMatchObject(foreign);
    const taken = await up(given({ adopt: true }));
    expect((await live("SpinApp"))?.["spec"]).toMatchObject({ image, replicas: 2 });
    // As after a kill between the request and its record.
    expect(await up(given())).toMatchObject({ revision: taken["revision"] });
  });

  test("is not taken for done while the operator has yet to act", async () => {
    const before = await up(given());
    await cluster.stopOperator();
    const { inputs } = await check(given({ image: otherImage }), before);
    const cancel = new AbortController();
    // The former revision is available all the time, in the Deployment and in SpinApp's status.
    setTimeout(() => cancel.abort(), 2_000);
    const failure = await failing(
      engine.update(idIn(before), before, inputs, { ...context(), signal: cancel.signal }),
    );
    expect(lines.at(-1)).toContain("the operator has the former revision");
    await cluster.startOperator();
    expect(await up(given({ image: otherImage }), failure.outputs)).toMatchObject({ status: "available" });
  });

  test("may have a name of 52 characters, the longest of which the operator makes a Deployment", async () => {
    const longest = "a".repeat(52);
    expect(await up(given({ name: longest }))).toMatchObject({ status: "available" });
    expect(await live("Deployment", longest)).toBeDefined();
  });

  test("gets a pull secret of the registry's credentials where that is wanted", async () => {
    await expect(check(given({ createPullSecret: true }))).rejects.toThrow(
      /createPullSecret: spin:registries has no user/,
    );
    const registries = { "registry.example.com": { username: "me", password: canary } };
    const { configuration, ...others } = context();
    const knowing = { ...others, configuration: { ...configuration, registries } };
    const { inputs, issues } = await engine.check(given({ createPullSecret: true }), knowing);
    expect(issues).toEqual([]);
    const { outputs } = await engine.create(inputs, knowing);
    const [secret] = await secrets();
    expect(secret).toMatchObject({ type: "kubernetes.io/dockerconfigjson" });
    const pods = await cluster.client.list({ kind: "Pod", namespace }, {}, soon());
    expect(pods[0]?.["spec"]).toMatchObject({ imagePullSecrets: [{ name: secret?.metadata.name }] });
    expect(JSON.stringify(outputs)).not.toContain(canary);
    expect((await engine.read(idIn(outputs), outputs, knowing))?.outputs).toEqual(outputs);
  });

  test("holds its executor until it is gone itself", async () => {
    const state = await up(given());
    const reference = { kind: "SpinAppExecutor", namespace, name: executor } as const;
    await cluster.client.delete(reference, {}, soon());
    expect((await live("SpinAppExecutor", executor))?.metadata.deletionTimestamp).toBeDefined();
    await destroy(state);
    await eventually(async () => expect(await live("SpinAppExecutor", executor)).toBeUndefined());
  });

  test("keeps its pods when an autoscaler takes over", async () => {
    const first = await up(given({ replicas: 3 }));
    const scaling = { autoscaling: { maxReplicas: 5 }, resources: { limits: { cpu: "1", memory: "64Mi" } } };
    const second = await up(given(scaling), first);
    expect((await live("Deployment"))?.["spec"]).toMatchObject({ replicas: 3 });
    expect(await live("HorizontalPodAutoscaler")).toBeDefined();
    // What the autoscaler does is no drift.
    expect(await refresh(second)).toEqual(second);
    const third = await up(given({ replicas: 1 }), second);
    expect((await live("Deployment"))?.["spec"]).toMatchObject({ replicas: 1 });
    expect(await live("HorizontalPodAutoscaler")).toBeUndefined();
    expect(Object.keys(third["objects"])).toEqual(["SpinApp/shop"]);
  });

  test("of an artifact has a policy of its grants, and is refused where SpinKube cannot run it", async () => {
    const app = {
      name: "shop",
      variables: [{ name: "greeting", required: false, secret: false }],
      components: [
        { id: "api", grants: [{ allowedOutboundHosts: ["https://10.1.2.3"] }], imports: [], exports: [] },
      ],
      lockedApp: { spin_lock_version: 1, triggers: [], components: [], metadata: { name: "shop" } },
      routes: [],
    };
    const artifact = { reference: image, digest: "", size: 1, app } as unknown as ArtifactDefinition;
    const { image: _image, name: _name, ...rest } = given();
    const state = await up({ ...rest, artifact, variables: { greeting: "Hello" } });
    expect(Object.keys(state["objects"])).toEqual(["NetworkPolicy/shop", "SpinApp/shop"]);
    expect(await live("NetworkPolicy")).toMatchObject({
      spec: { egress: [{ to: [{ ipBlock: { cidr: "10.1.2.3/32" } }] }] },
    });
    const cron = {
      ...app,
      lockedApp: { ...app.lockedApp, triggers: [{ id: "t", trigger_type: "cron", trigger_config: {} }] },
    };
    await expect(check({ ...rest, artifact: { ...artifact, app: cron } })).rejects.toThrow(
      /ERR_SPIN_TARGET_TRIGGER/,
    );
  });

  test.each<[Properties, RegExp]>([
    [{ image: undefined }, /ERR_SPIN_KUBERNETES_IMAGE artifact/],
    [{ image: "ghcr.io/shop:1.0" }, /ERR_SPIN_KUBERNETES_IMAGE image: .*tag "1.0"/],
    [{ name: undefined }, /ERR_SPIN_INPUT_MISSING name/],
    [{ name: "a".repeat(53) }, /ERR_SPIN_KUBERNETES_NAME name/],
    [{ replicas: 0 }, /replicas/],
    [{ podAnnotations: { "not a key": "x" } }, /ERR_SPIN_KUBERNETES_NAME podAnnotations/],
  ])("with %j is refused in the preview", async (wrong, text) => {
    const inputs = Object.fromEntries(
      Object.entries(given(wrong)).filter(([, value]) => value !== undefined),
    );
    await expect(check(inputs)).rejects.toThrow(text);
  });

  test("that the server's schema refuses is refused in the preview", async () => {
    const volumes = [{ name: "data", emptyDirr: {} }];
    await expect(preview(given({ volumes }))).rejects.toMatchObject({
      code: "ERR_SPIN_CLUSTER_REFUSED",
      message: expect.stringContaining("emptyDirr"),
    });
  });
});

describe("what others do to it", () => {
  test("is seen by the property that it changes, with their name, and is brought back", async () => {
    const before = await up(given({ replicas: 1, variables: { token: canary } }));
    await edit({ image, executor, replicas: 4, components: ["api"] });
    const found = await refresh(before);
    expect(found).toMatchObject({ replicas: 4, components: ["api"] });
    expect(found?.["objects"]["SpinApp/shop"]).toMatch(/spec\.replicas by "kubectl-edit" \(Apply, 20/);
    const wanted = given({ replicas: 1, variables: { token: canary } });
    expect(await changes(wanted, found ?? {})).toEqual(["components", 'objects["SpinApp/shop"]', "replicas"]);
    const restored = await up(wanted, found);
    expect((await live("SpinApp"))?.["spec"]).toMatchObject({ replicas: 1 });
    expect((await live("SpinApp"))?.["spec"]).not.toHaveProperty("components");
    expect(await refresh(restored)).toEqual(before);
  });

  test("to a Secret or by deleting one is seen too", async () => {
    const before = await up(given({ variables: { token: canary } }));
    const [secret] = await secrets();
    await cluster.client.delete({ kind: "Secret", namespace, name: secret?.metadata.name }, {}, soon());
    const found = (await refresh(before)) ?? {};
    expect(Object.keys(found["objects"])).toEqual(["SpinApp/shop"]);
    expect(lines.join("\n")).toContain("is gone");
    await up(given({ variables: { token: canary } }), found);
    expect(await secrets()).toHaveLength(1);
  });

  test("unseen is a conflict that names them, in the preview too, and force takes it back", async () => {
    const before = await up(given({ replicas: 1 }));
    await edit({ image, executor, replicas: 4 });
    const conflict = {
      code: "ERR_SPIN_CLUSTER_CONFLICT",
      message: expect.stringContaining('spec.replicas by "kubectl-edit"'),
    };
    await expect(preview(given({ replicas: 2 }), before)).rejects.toMatchObject(conflict);
    await expect(up(given({ replicas: 2 }), before)).rejects.toMatchObject({ cause: conflict });
    await up(given({ replicas: 2, force: true }), before);
    expect((await live("SpinApp"))?.["spec"]).toMatchObject({ replicas: 2 });
  });

  test("imports by namespace and name", async () => {
    await edit(
      { image, executor, replicas: 3, variables: [{ name: "greeting", value: "a $$(b)" }] },
      "someone",
    );
    const observed = await engine.read(`${namespace}/shop`, { name: `${namespace}/shop` }, context());
    expect(observed?.inputs).toMatchObject({
      name: "shop",
      namespace,
      image,
      replicas: 3,
      variables: { greeting: "a $(b)" },
    });
    expect(await engine.read(`${namespace}/none`, { name: `${namespace}/none` }, context())).toBeUndefined();
  });
});

describe("a failure names its cause before any time is up", () => {
  test("an image that cannot be pulled", async () => {
    const failure = await failing(up(given({ podAnnotations: { "fake/fail": "ImagePullBackOff" } })));
    expect(describeError(failure.cause)).toMatch(
      /pod shop-.*: ImagePullBackOff.*ERR_SPIN_ROLLOUT_FAILED.*registry has the digest/,
    );
    expect(failure.outputs).toMatchObject({
      status: "failing",
      objects: { "SpinApp/shop": expect.any(String) },
    });
    // The next run goes on from there.
    expect(await up(given(), failure.outputs)).toMatchObject({ status: "available" });
  });

  test("a crash loop", async () => {
    const failure = await failing(up(given({ podAnnotations: { "fake/fail": "CrashLoopBackOff" } })));
    expect(describeError(failure.cause)).toMatch(/CrashLoopBackOff \(ended 3 times\)/);
  });

  test("an executor that is not there", async () => {
    await preview(given({ executor: "executer" }));
    const said = await up(given({ executor: "executer" })).then(
      () => "",
      (error: unknown) => describeError(error),
    );
    expect(said).toMatch(new RegExp(`has no SpinAppExecutor "executer". It has ${executor}`));
    expect(lines.join("\n")).toContain("Not tried out in the cluster");
  });

  test("a Secret with the runtime configuration that is not there", async () => {
    await expect(up(given({ runtimeConfig: { secretName: "none" } }))).rejects.toMatchObject({
      code: "ERR_SPIN_CLUSTER_REFERENCE",
      message: expect.stringContaining('no Secret "none"'),
    });
    const variables = { token: { secretKeyRef: { name: "kept", key: "tokn" } } };
    await cluster.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "kept", namespace },
      data: { token: "YQ==" },
    });
    await expect(up(given({ variables }))).rejects.toThrow(/no key "tokn"; its keys: token/);
  });

  test("a RuntimeClass that is not there", async () => {
    await cluster.apply(executorOf(namespace, `${executor}-other`, "wasmtime-other"));
    const failure = await failing(up(given({ executor: `${executor}-other` })));
    expect(describeError(failure.cause)).toMatch(/RuntimeClass "wasmtime-other" not found/);
  });

  test("and the former revision serves again where that is wanted", async () => {
    const before = await up(given({ replicas: 1 }));
    const broken = given({
      replicas: 1,
      image: otherImage,
      rollbackOnFailure: true,
      podAnnotations: { "fake/fail": "InvalidImageName" },
    });
    const failure = await failing(up(broken, before));
    expect(describeError(failure.cause)).toMatch(/InvalidImageName.*rolled back to revision/);
    expect(failure.outputs).toMatchObject({ reference: image, revision: before["revision"] });
    expect((await live("SpinApp"))?.["spec"]).toMatchObject({ image });
  });

  test("a right that is missing, and nothing is recorded of what is not there", async () => {
    const kubeconfig = await cluster.kubeconfigOf(`user-${namespace}`);
    const { inputs } = await engine.check(given(), context());
    await expect(engine.create({ ...inputs, cluster: { kubeconfig } }, context())).rejects.toMatchObject({
      code: "ERR_SPIN_CLUSTER_FORBIDDEN",
    });
  });

  test("a cancelled wait leaves a state that the next run continues", async () => {
    const { inputs } = await check(given({ podAnnotations: { "fake/fail": "ContainerCreating" } }));
    const cancel = new AbortController();
    const stopping = contextOf({
      ...context(),
      signal: cancel.signal,
      log: (line) => /available/.test(line) && cancel.abort(),
    });
    const failure = await failing(engine.create(inputs, stopping));
    expect(describeError(failure.cause)).toContain("ERR_SPIN_OPERATION_CANCELLED");
    expect(failure.outputs["objects"]).toHaveProperty(["SpinApp/shop"]);
    await destroy(failure.outputs);
    expect(await live("SpinApp")).toBeUndefined();
  });
});
