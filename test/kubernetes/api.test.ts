/** What is synthesized, and the client, on the real API server. */
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type KubernetesObject, synthesizeKubernetes } from "../../model/kubernetes/index.ts";
import { KubernetesClient } from "../../provider/kubernetes/api/client.ts";
import { loadKubeconfig } from "../../provider/kubernetes/api/kubeconfig.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { rejected } from "../support/caught.ts";
import { eventually } from "./eventually.ts";
import { image, newNamespace, soon } from "./setting.ts";

let cluster: TestCluster;
let namespace = "";
let executor = "";
beforeAll(async () => {
  cluster = await TestCluster.start();
  ({ namespace, executor } = await newNamespace(cluster));
}, 120_000);
afterAll(() => cluster.stop());

const apply = (object: KubernetesObject, manager = "pulumi-spin", more = {}): Promise<unknown> =>
  cluster.client.apply(object, { fieldManager: manager, ...more }, soon());
const spinApp = (name: string, spec: object): KubernetesObject => ({
  apiVersion: "core.spinkube.dev/v1alpha1",
  kind: "SpinApp",
  metadata: { name, namespace },
  spec: { image, executor, replicas: 1, ...spec },
});

test("each object that a deployment can have is one that the API server takes, and a dry run makes none", async () => {
  const probe = { httpGet: { path: "/health", httpHeaders: [{ name: "a", value: "b" }] } };
  const { objects } = synthesizeKubernetes(
    {
      name: "whole",
      namespace,
      image,
      executor,
      autoscaling: { maxReplicas: 4, minReplicas: 1 },
      resources: { limits: { cpu: "1", memory: "128Mi" }, requests: { cpu: "100m" } },
      checks: { readiness: probe, liveness: probe },
      variables: { plain: "a", secret: "b", known: { secretKeyRef: { name: "x", key: "y" } } },
      runtimeConfig: "",
      volumes: [{ name: "data", emptyDir: {} }],
      volumeMounts: [{ name: "data", mountPath: "/data" }],
      serviceAccountName: "default",
      imagePullSecrets: ["own"],
      pullCredentials: { registry: "registry.example.com", username: "me", password: "pw" },
      components: ["api"],
      invocationLimits: { memory: "64Mi" },
      labels: { team: "shop" },
      podLabels: { a: "b" },
      podAnnotations: { a: "b" },
      deploymentAnnotations: { a: "b" },
      serviceAnnotations: { a: "b" },
      expose: { host: "shop.example.com", tlsSecret: "cert", annotations: { a: "b" } },
    },
    {
      variables: [{ name: "plain", secret: false, required: false }],
      allowedOutboundHosts: {
        api: ["https://api.example.com", "redis://10.0.0.0/8:1..9", "*://*:*", "udp://10.0.0.1:53"],
      },
    },
  );
  expect(objects.map(({ kind }) => kind)).toEqual([
    "Secret",
    "Secret",
    "Secret",
    "NetworkPolicy",
    "HorizontalPodAutoscaler",
    "SpinApp",
    "Ingress",
  ]);
  for (const object of objects) await apply(object, "pulumi-spin", { dryRun: true });
  expect(await cluster.client.get({ kind: "SpinApp", namespace, name: "whole" }, soon())).toBeUndefined();
});

test("a plugin of the kubeconfig logs in, and again when what it gave has run out", async () => {
  const { users } = JSON.parse(await readFile(cluster.kubeconfig, "utf8")) as {
    users: [{ user: { "client-certificate-data": string; "client-key-data": string } }];
  };
  const decoded = (text: string): string => Buffer.from(text, "base64").toString();
  const { user } = users[0];
  const good = {
    clientCertificateData: decoded(user["client-certificate-data"]),
    clientKeyData: decoded(user["client-key-data"]),
  };
  const credential = (status: object): string =>
    JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status });
  const past = new Date(Date.now() - 60_000).toISOString();
  await writeFile(join(cluster.folder, "good.json"), credential({ ...good, expirationTimestamp: past }));
  await writeFile(
    join(cluster.folder, "old.json"),
    credential({ token: "run-out", expirationTimestamp: past }),
  );
  // The first time it hands out a token that has run out, and afterwards a certificate.
  const script = `#!/bin/sh\ncd ${cluster.folder}\nif [ -e asked ]; then cat good.json; else touch asked; cat old.json; fi\n`;
  await writeFile(join(cluster.folder, "login"), script, { mode: 0o755 });
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: join(cluster.folder, "login"),
    interactiveMode: "Never",
  };
  const text = JSON.stringify({
    "current-context": "cloud",
    clusters: [{ name: "c", cluster: { server: cluster.server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user: { exec } }],
    contexts: [{ name: "cloud", context: { cluster: "c", user: "u" } }],
  });
  const client = new KubernetesClient(await loadKubeconfig({ kubeconfig: text }, "/"));
  const found = await client.get({ kind: "Namespace", name: "default" }, soon());
  expect(found).toMatchObject({ metadata: { name: "default" } });
  await client.close();
});

describe("a request that fails says", () => {
  test("which field is not in the schema, at once, though the server answers 500", async () => {
    const error = await rejected(apply(spinApp("typo", { imagge: "x" })));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_REFUSED", fault: "user" });
    expect(error.message).toContain(".spec.imagge: field not declared in schema");
  });

  test("which field is missing", async () => {
    const error = await rejected(apply(spinApp("half", { image: undefined })));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_REFUSED" });
    expect(error.message).toContain("spec.image: Required value");
  });

  test("who manages the field, and force takes it over", async () => {
    await apply(spinApp("fought", { replicas: 1 }), "someone");
    const error = await rejected(apply(spinApp("fought", { replicas: 2 })));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_CONFLICT" });
    expect(error.message).toContain('spec.replicas by "someone"');
    await apply(spinApp("fought", { replicas: 2 }), "pulumi-spin", { force: true });
    expect(await cluster.client.get({ kind: "SpinApp", namespace, name: "fought" }, soon())).toMatchObject({
      spec: { replicas: 2 },
    });
  });

  test("that the namespace is not there", async () => {
    const object = { ...spinApp("lost", {}), metadata: { name: "lost", namespace: "nowhere" } };
    const error = await rejected(apply(object));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_NAMESPACE" });
    expect(error.message).toContain('no namespace "nowhere"');
  });

  test("which kind the cluster does not know, and what brings it", async () => {
    const spec = { scaleTargetRef: { name: "a" } };
    const object = {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: "a", namespace },
      spec,
    };
    expect(await rejected(apply(object))).toMatchObject({
      code: "ERR_SPIN_CLUSTER_KIND",
      hint: expect.stringContaining("KEDA"),
    });
  });

  test("which right is missing, as the rule to add", async () => {
    const client = new KubernetesClient(
      await loadKubeconfig({ kubeconfig: await cluster.kubeconfigOf("nobody") }, "/"),
    );
    const denied = await rejected(
      client.apply(spinApp("denied", {}), { fieldManager: "pulumi-spin" }, soon()),
    );
    expect(denied).toMatchObject({
      code: "ERR_SPIN_CLUSTER_FORBIDDEN",
      hint: `Add to a Role in ${namespace}: apiGroups: ["core.spinkube.dev"], resources: ["spinapps"], verbs: ["create", "patch"].`,
    });
    expect(denied.message).toContain(`does not let "nobody" patch SpinApp ${namespace}/denied`);
    await client.close();
  });

  test("that the credentials are not accepted", async () => {
    const text = JSON.stringify({
      "current-context": "stranger",
      clusters: [{ name: "c", cluster: { server: cluster.server, "insecure-skip-tls-verify": true } }],
      users: [{ name: "u", user: { token: "canary-token" } }],
      contexts: [{ name: "stranger", context: { cluster: "c", user: "u" } }],
    });
    const client = new KubernetesClient(await loadKubeconfig({ kubeconfig: text }, "/"));
    const error = await rejected(client.get({ kind: "SpinApp", namespace, name: "a" }, soon()));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_UNAUTHORIZED" });
    expect(`${error.message} ${error.hint}`).not.toContain("canary-token");
    await client.close();
  });

  test("that a quota is used up", async () => {
    const { namespace: small } = await newNamespace(cluster);
    await cluster.apply({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "few", namespace: small },
      spec: { hard: { "count/secrets": "0" } },
    });
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: small }, data: {} };
    await eventually(async () => {
      expect(await rejected(apply(secret, "pulumi-spin", { dryRun: true }))).toMatchObject({
        code: "ERR_SPIN_CLUSTER_QUOTA",
        message: expect.stringContaining("count/secrets"),
      });
    });
  });

  test("nothing of what a Secret holds", async () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace },
      data: { a: "canary, no base64" },
    };
    const error = await rejected(apply(secret));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_REFUSED" });
    expect(`${error.message} ${error.hint}`).not.toContain("canary");
  });

  test("what cannot change once it is there", async () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "fixed", namespace },
      immutable: true,
      data: { a: "YQ==" },
    };
    await apply(secret);
    const error = await rejected(apply({ ...secret, data: { a: "Yg==" } }));
    expect(error).toMatchObject({
      code: "ERR_SPIN_CLUSTER_REFUSED",
      message: expect.stringContaining("cannot be changed"),
    });
  });
});

describe("faults of a server", () => {
  let server: Server;
  let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  let asked = 0;
  let client: KubernetesClient;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked++;
      const {
        status,
        headers,
        body = "",
      } = answers.shift() ?? { status: 200, body: '{"kind":"SpinApp","metadata":{}}' };
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const { port } = server.address() as { port: number };
    client = new KubernetesClient(
      await loadKubeconfig({ kubeconfig: kubeconfigFor(`http://127.0.0.1:${port}/prefix`) }, "/"),
    );
  });
  afterAll(async () => {
    await client.close();
    server.close();
  });
  const ask = (): Promise<unknown> => {
    asked = 0;
    return client.get({ kind: "SpinApp", namespace: "a", name: "b" }, soon());
  };

  test("that pass are waited for", async () => {
    answers = [
      { status: 429, headers: { "retry-after": "0" } },
      { status: 503 },
      { status: 500, body: '{"message":"etcdserver: leader changed"}' },
    ];
    expect(await ask()).toMatchObject({ kind: "SpinApp" });
    expect(asked).toBe(4);
  });

  test("that do not pass are told after some tries, with what was said", async () => {
    answers = Array.from({ length: 10 }, () => ({
      status: 500,
      body: '{"message":"failed calling webhook \\"v.kb.io\\""}',
    }));
    expect(await rejected(ask())).toMatchObject({
      code: "ERR_SPIN_CLUSTER_FAULT",
      message: expect.stringContaining('failed calling webhook "v.kb.io"'),
      hint: expect.stringContaining("operator"),
    });
    expect(asked).toBe(6);
    answers = [];
  });

  test("that do not concern it are not taken for an object that is gone", async () => {
    answers = [{ status: 404, body: "404 page not found" }];
    expect(await rejected(ask())).toMatchObject({ code: "ERR_SPIN_CLUSTER_SPINKUBE" });
    answers = [{ status: 200, body: "<html>a proxy</html>" }];
    expect(await rejected(ask())).toMatchObject({ code: "ERR_SPIN_CLUSTER_FAULT" });
  });

  test("such as none there at all are told with the context", async () => {
    const nowhere = new KubernetesClient(
      await loadKubeconfig({ kubeconfig: kubeconfigFor("https://127.0.0.1:1") }, "/"),
    );
    const error = await rejected(nowhere.get({ kind: "SpinApp", namespace: "a", name: "b" }, soon()));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_UNREACHABLE" });
    expect(error.message).toContain('context "x" (https://127.0.0.1:1)');
    await nowhere.close();
  });
});

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    "current-context": "x",
    clusters: [{ name: "c", cluster: { server } }],
    users: [{ name: "u", user: {} }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
  });
}
