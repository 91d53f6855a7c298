/**
 * A real Kubernetes on loopback: etcd, the API server, the controllers that deployments need, the operator of SpinKube,
 * and a stand-in for what runs pods. It starts in some seconds; nothing of it is left after `stop`.
 */
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import { KubernetesClient } from "../../provider/kubernetes/api/client.ts";
import { loadKubeconfig } from "../../provider/kubernetes/api/kubeconfig.ts";
import { debianTool } from "../debian/tools.ts";
import { freePort } from "../debian/free-port.ts";
import { type KubernetesBinaries, kubernetesBinaries } from "./binaries.ts";
import { Daemon } from "./daemon.ts";
import { TestAuthority } from "./keys.ts";
import { Kubelet } from "./kubelet.ts";

export interface ClusterOptions {
  /** The operator's webhooks answer. Default: false, as of an installation without cert-manager. */
  webhooks?: boolean;
}

export class TestCluster {
  readonly folder: string;
  /** Of an administrator. */
  readonly client: KubernetesClient;
  readonly kubeconfig: string;
  readonly server: string;
  readonly #authority: TestAuthority;
  readonly #binaries: KubernetesBinaries;
  readonly #daemons: { etcd: Daemon; apiServer: Daemon; controllers: Daemon };
  readonly #startServer: () => Daemon;
  #operator: Daemon | undefined;
  #kubelet: Kubelet | undefined;

  private constructor(parts: {
    folder: string;
    server: string;
    kubeconfig: string;
    client: KubernetesClient;
    authority: TestAuthority;
    binaries: KubernetesBinaries;
    daemons: { etcd: Daemon; apiServer: Daemon; controllers: Daemon };
    startServer: () => Daemon;
  }) {
    this.folder = parts.folder;
    this.server = parts.server;
    this.kubeconfig = parts.kubeconfig;
    this.client = parts.client;
    this.#authority = parts.authority;
    this.#binaries = parts.binaries;
    this.#daemons = parts.daemons;
    this.#startServer = parts.startServer;
  }

  static async start({ webhooks = false }: ClusterOptions = {}): Promise<TestCluster> {
    const binaries = await kubernetesBinaries();
    const folder = await mkdtemp(join(tmpdir(), "pulumi-spin-cluster-"));
    const file = (name: string): string => join(folder, name);
    const authority = new TestAuthority(folder);
    await authority.create();
    const admin = await authority.sign("admin", "/CN=admin/O=system:masters");
    const [clientPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
    const server = `https://127.0.0.1:${port}`;
    const kubeconfig = file("kubeconfig");
    await writeFile(kubeconfig, await kubeconfigText(server, "test", file("ca.crt"), admin));
    const etcdUrl = `http://127.0.0.1:${clientPort}`;
    const peerUrl = `http://127.0.0.1:${peerPort}`;
    const { path, env } = await debianTool("etcd");
    const etcd = new Daemon(
      "etcd",
      [
        path,
        ...flags({
          "data-dir": file("etcd"),
          "listen-client-urls": etcdUrl,
          "advertise-client-urls": etcdUrl,
          "listen-peer-urls": peerUrl,
          "initial-advertise-peer-urls": peerUrl,
          "initial-cluster": `default=${peerUrl}`,
        }),
        "--unsafe-no-fsync",
      ],
      { log: file("etcd.log"), env },
    );
    const startServer = (): Daemon =>
      new Daemon(
        "kube-apiserver",
        [
          binaries.apiServer,
          ...flags({
            "etcd-servers": etcdUrl,
            "secure-port": String(port),
            "bind-address": "127.0.0.1",
            "advertise-address": "127.0.0.1",
            "cert-dir": file("certs"),
            "tls-cert-file": file("server.crt"),
            "tls-private-key-file": file("server.key"),
            "service-cluster-ip-range": "10.0.0.0/24",
            "authorization-mode": "RBAC",
            "disable-admission-plugins": "ServiceAccount",
            "service-account-issuer": "https://127.0.0.1/",
            "service-account-key-file": file("sa.pub"),
            "service-account-signing-key-file": file("sa.key"),
            "client-ca-file": file("ca.crt"),
          }),
          "--allow-privileged",
        ],
        { log: file("apiserver.log") },
      );
    await authority.sign("server", "/CN=127.0.0.1");
    const apiServer = startServer();
    const client = new KubernetesClient(await loadKubeconfig({ kubeconfig }, folder));
    const controllers = new Daemon(
      "kube-controller-manager",
      [
        binaries.controllerManager,
        ...flags({
          kubeconfig,
          controllers: "deployment,replicaset,garbagecollector,namespace,serviceaccount,resourcequota",
          "leader-elect": "false",
          "secure-port": "0",
          "service-account-private-key-file": file("sa.key"),
          "root-ca-file": file("ca.crt"),
        }),
      ],
      { log: file("controllers.log") },
    );
    const cluster = new TestCluster({
      folder,
      server,
      kubeconfig,
      client,
      authority,
      binaries,
      daemons: { etcd, apiServer, controllers },
      startServer,
    });
    try {
      await cluster.#whenReady();
      await cluster.#install(webhooks);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** The operator works, from now on. */
  async startOperator(webhooks = false): Promise<void> {
    this.#operator = new Daemon(
      "spin-operator",
      [
        this.#binaries.operator,
        "-metrics-bind-address=0",
        "-health-probe-bind-address=0",
        `-enable-webhooks=${webhooks}`,
      ],
      { log: join(this.folder, "operator.log"), env: { KUBECONFIG: this.kubeconfig, TMPDIR: this.folder } },
    );
  }

  async stopOperator(): Promise<void> {
    await this.#operator?.stop();
  }

  /** The API server is gone, as after a crash; what it stored is not. */
  async stopServer(): Promise<void> {
    await this.#daemons.apiServer.stop("SIGKILL");
  }

  async restartServer(): Promise<void> {
    this.#daemons.apiServer = this.#startServer();
    await this.#whenReady();
  }

  /** A kubeconfig of a user without any rights but those that are given, as a file. */
  async kubeconfigOf(user: string): Promise<string> {
    const keys = await this.#authority.sign(user, `/CN=${user}`);
    const file = join(this.folder, `${user}.kubeconfig`);
    await writeFile(file, await kubeconfigText(this.server, user, join(this.folder, "ca.crt"), keys));
    return file;
  }

  /** Applies objects one after the other, as an administrator. */
  async apply(...objects: KubernetesObject[]): Promise<void> {
    for (const object of objects)
      await this.client.apply(object, { fieldManager: "test", force: true }, AbortSignal.timeout(30_000));
  }

  async stop(): Promise<void> {
    await this.#kubelet?.stop();
    const { etcd, apiServer, controllers } = this.#daemons;
    await Promise.all([this.#operator?.stop(), controllers.stop(), apiServer.stop()]);
    // Last: without it, an API server would hold its port for a minute.
    await etcd.stop();
    await this.client.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #whenReady(): Promise<void> {
    const isThere = (): Promise<boolean> =>
      this.client
        .get({ kind: "Namespace", name: "default" }, AbortSignal.timeout(3_000))
        .then((it) => it !== undefined)
        .catch(() => false);
    await this.#daemons.apiServer.until(isThere, "the default namespace");
  }

  async #install(webhooks: boolean): Promise<void> {
    const { operatorConfig } = this.#binaries;
    const bases = join(operatorConfig, "crd", "bases");
    for (const name of await readdir(bases)) await this.apply(...(await manifests(join(bases, name))));
    await this.apply({
      apiVersion: "node.k8s.io/v1",
      kind: "RuntimeClass",
      metadata: { name: "wasmtime-spin-v2" },
      handler: "spin",
    });
    if (webhooks) await this.#installWebhooks();
    const isServed = (): Promise<boolean> =>
      this.client
        .list({ kind: "SpinApp" }, {}, AbortSignal.timeout(3_000))
        .then(() => true)
        .catch(() => false);
    await this.#daemons.apiServer.until(isServed, "SpinKube's kinds");
    await this.startOperator(webhooks);
    this.#kubelet = new Kubelet(this.client);
    await this.#kubelet.start();
  }

  /** Asked by URL, with a certificate of the test's authority instead of cert-manager's. */
  async #installWebhooks(): Promise<void> {
    const serving = join(this.folder, "k8s-webhook-server", "serving-certs");
    await mkdir(serving, { recursive: true });
    const { certificate, key } = await this.#authority.sign("webhook", "/CN=127.0.0.1");
    await writeFile(join(serving, "tls.crt"), await readFile(certificate));
    await writeFile(join(serving, "tls.key"), await readFile(key));
    const caBundle = (await readFile(join(this.folder, "ca.crt"))).toString("base64");
    const found = await manifests(join(this.#binaries.operatorConfig, "webhook", "manifests.yaml"));
    for (const object of found) {
      const hooks = (object["webhooks"] as { clientConfig: { service: { path: string } } }[]).map((hook) => ({
        ...hook,
        clientConfig: { url: `https://127.0.0.1:9443${hook.clientConfig.service.path}`, caBundle },
      }));
      await this.apply({ ...object, webhooks: hooks });
    }
  }
}

async function manifests(file: string): Promise<KubernetesObject[]> {
  return parseAllDocuments(await readFile(file, "utf8")).map((it) => it.toJS() as KubernetesObject);
}

function flags(values: Record<string, string>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

async function kubeconfigText(
  server: string,
  user: string,
  ca: string,
  { certificate, key }: { certificate: string; key: string },
): Promise<string> {
  const data = async (path: string): Promise<string> => (await readFile(path)).toString("base64");
  // JSON is YAML.
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": user,
    clusters: [{ name: "test", cluster: { server, "certificate-authority-data": await data(ca) } }],
    users: [
      {
        name: user,
        user: { "client-certificate-data": await data(certificate), "client-key-data": await data(key) },
      },
    ],
    contexts: [{ name: user, context: { cluster: "test", user } }],
  });
}
