/** Programs in TypeScript and YAML, on the real engine, the real API server and the real operator. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { startDockerRegistry } from "../../scripts/debian/docker-registry.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { openProgram, type Program } from "../support/program.ts";
import { eventually } from "./eventually.ts";
import { image, newNamespace, otherImage, soon } from "./setting.ts";

jest.setTimeout(180_000);

const canary = "canary-c0de";
let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
}, 120_000);
afterAll(() => cluster.stop());

type Inputs = Record<string, unknown>;

/** The same deployment in both languages: values are JSON, which is TypeScript and YAML alike. */
const frontEnds: [string, (inputs: Inputs) => Record<string, string>][] = [
  [
    "dynamic resources",
    (inputs) => ({
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
        import { KubernetesDeployment } from "pulumi-spin";
        const token = new pulumi.Config().requireSecret("token");
        const app = new KubernetesDeployment("app", { ...${JSON.stringify(inputs)}, variables: { token } });
        export const { url, revision } = app;`,
    }),
  ],
  [
    "the plugin",
    (inputs) => ({
      "Pulumi.yaml": `name: program
runtime: yaml
plugins: { providers: [{ name: spin, path: ${checkout} }] }
config: { token: { type: string, secret: true } }
resources:
  app:
    type: spin:KubernetesDeployment
    properties: { ${Object.entries(inputs)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join(", ")}, variables: { token: "\${token}" } }
outputs: { url: "\${app.url}", revision: "\${app.revision}" }
`,
    }),
  ],
];

describe.each(frontEnds)("a program with %s", (frontEnd, filesOf) => {
  let program: Program;
  let namespace = "";
  let executor = "";
  const change = (inputs: Inputs = {}): void => {
    const files = filesOf({ image, name: "shop", namespace, executor, replicas: 1, ...inputs });
    for (const [file, text] of Object.entries(files)) program.write(file, text);
  };
  const live = () => cluster.client.get({ kind: "SpinApp", namespace, name: "shop" }, soon());
  const edit = (replicas: number) =>
    cluster.client.request(
      "PATCH",
      { kind: "SpinApp", namespace, name: "shop" },
      { spec: { replicas } },
      {
        signal: soon(),
        type: "application/merge-patch+json",
      },
    );
  async function succeed(...args: string[]): Promise<string> {
    const { exitCode, output } = await program.pulumi(...args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
    return output;
  }
  async function refused(...args: string[]): Promise<string> {
    const { exitCode, output } = await program.pulumi(...args);
    expect({ exitCode, output }).not.toMatchObject({ exitCode: 0 });
    return output.replaceAll(/\s+/g, " ");
  }
  const up = (...more: string[]) => succeed("up", "--yes", "--skip-preview", ...more);

  beforeAll(async () => {
    ({ namespace, executor } = await newNamespace(cluster));
    program = await openProgram({
      files: filesOf({ image, name: "shop", namespace, executor, replicas: 1 }),
    });
    await succeed("config", "set", "--path", "spin:cluster.kubeconfig", cluster.kubeconfig);
    await succeed("config", "set", "--secret", "token", canary);
  });
  afterAll(() => program.dispose());

  test("previews without a trace, deploys, and has nothing to do afterwards", async () => {
    expect(await succeed("preview", "--diff")).not.toContain(canary);
    expect(await live()).toBeUndefined();
    const said = await up();
    expect(said).toContain("1 of 1 pods of the new revision");
    expect(await succeed("stack", "output", "url")).toContain(`http://shop.${namespace}.svc.cluster.local/`);
    for (const text of [
      said,
      await succeed("stack", "export"),
      await succeed("preview", "--diff", "--show-sames"),
    ])
      expect(text).not.toContain(canary);
    await succeed("preview", "--expect-no-changes");
    await succeed("refresh", "--yes", "--expect-no-changes");
    await up("--expect-no-changes");
  });

  test("changes in place, as a plan says", async () => {
    change({ image: otherImage, podLabels: { team: "shop" } });
    expect(await succeed("preview", "--diff")).toMatch(
      /~ (spin:index|pulumi-nodejs:dynamic\/spin):KubernetesDeployment: \(update\)/,
    );
    await up();
    expect((await live())?.["spec"]).toMatchObject({ image: otherImage, podLabels: { team: "shop" } });
    change();
    await up();
    await succeed("preview", "--expect-no-changes");
  });

  test("sees what others did, says who, and brings it back", async () => {
    await edit(4);
    const seen = (await succeed("refresh", "--yes", "--diff")).replaceAll(/\s+/g, " ");
    expect(seen).toContain("SpinApp/shop was changed: spec.replicas by");
    expect(seen).toMatch(/replicas ?: 1 => 4/);
    expect(await succeed("preview", "--diff")).toMatch(/replicas\s*: 4 => 1/);
    await up();
    expect((await live())?.["spec"]).toMatchObject({ replicas: 1 });
    await succeed("preview", "--expect-no-changes");

    await cluster.client.delete({ kind: "SpinApp", namespace, name: "shop" }, { foreground: true }, soon());
    await eventually(async () => expect(await live()).toBeUndefined());
    await succeed("refresh", "--yes");
    expect(await succeed("stack", "export")).not.toContain("spin:KubernetesDeployment::app");
    await up();
    expect(await live()).toBeDefined();
  });

  test("names an unseen conflict in the preview", async () => {
    await edit(4);
    change({ replicas: 2 });
    expect(await refused("preview")).toMatch(/spec\.replicas by .*ERR_SPIN_CLUSTER_CONFLICT/);
    change({ replicas: 2, force: true });
    await up();
    expect((await live())?.["spec"]).toMatchObject({ replicas: 2 });
    change();
    await up();
  });

  test("that fails half-way is in the state, says why, and goes on", async () => {
    change({ podAnnotations: { "fake/fail": "InvalidImageName" } });
    expect(await refused("up", "--yes", "--skip-preview")).toMatch(/pod shop-\S+: InvalidImageName/);
    const stored = (await program.state()).find(({ urn }) => urn.endsWith("::app"));
    expect(stored).toMatchObject({ initErrors: [expect.stringContaining("InvalidImageName")] });
    change();
    await up();
    await succeed("preview", "--expect-no-changes");
  });

  test("is replaced when it gets another name, and refused when that is too long", async () => {
    change({ name: "store" });
    expect(await succeed("preview", "--diff")).toContain("replace");
    await up();
    expect(await live()).toBeUndefined();
    change({ name: "a".repeat(53) });
    expect(await refused("preview")).toContain("ERR_SPIN_KUBERNETES_NAME");
    change();
    await up();
  });

  test("tells that the cluster is not reached, and what follows from the program alone", async () => {
    const cut = {
      kubeconfig: JSON.stringify({
        "current-context": "cut",
        contexts: [{ name: "cut", context: { cluster: "c", user: "u" } }],
        users: [{ name: "u", user: {} }],
        clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      }),
    };
    change({ cluster: cut });
    expect((await succeed("preview")).replaceAll(/\s+/g, " ")).toContain("Not tried out in the cluster");
    change();
  });

  test("that lost its state is imported by the plugin, and adopted by dynamic resources", async () => {
    await program.pulumi("state", "delete", ...urnsOf(await program.state()), "--yes");
    if (frontEnd === "the plugin") {
      const said = await succeed(
        "import",
        "spin:index:KubernetesDeployment",
        "app",
        `${namespace}/shop`,
        "--yes",
        "--protect=false",
      );
      expect(said).toContain("1 imported");
      await up();
    } else {
      change({ podLabels: { team: "other" } });
      expect(await refused("preview")).toContain("ERR_SPIN_DEPLOYMENT_EXISTS");
      change({ podLabels: { team: "other" }, adopt: true });
      await up();
    }
    await succeed("destroy", "--yes", "--skip-preview");
    expect(await live()).toBeUndefined();
  });
});

const urnsOf = (resources: { urn: string }[]): string[] =>
  resources.map(({ urn }) => urn).filter((urn) => urn.endsWith("::app"));

test("an application is pushed and deployed by its digest, rolled forward and back, and destroyed", async () => {
  const { namespace, executor } = await newNamespace(cluster);
  const registry = await startDockerRegistry();
  const program = await openProgram({});
  const write = (body: string): void =>
    program.write(
      "index.ts",
      `import { App, Artifact, KubernetesDeployment, Route, Variable } from "pulumi-spin";
        const token = new Variable("token", { secret: true });
        const fact = new Route("fact", { route: "/fact", staticResponse: { body: "${body}" } });
        const shop = new App("shop", { variables: [token], components: [], routes: [fact] });
        const artifact = new Artifact("shop", { app: shop, repository: "${registry.host}/shop" });
        const app = new KubernetesDeployment("shop", {
          artifact, namespace: "${namespace}", executor: "${executor}", replicas: 1, variables: { token: "${canary}" },
        });
        export const { reference, url } = app;`,
    );
  const succeed = async (...args: string[]): Promise<string> => {
    const { exitCode, output } = await program.pulumi(...args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
    return output;
  };
  const runs = async (): Promise<string> => {
    const app = await cluster.client.get({ kind: "SpinApp", namespace, name: "shop" }, soon());
    return (app?.["spec"] as { image: string } | undefined)?.image ?? "";
  };
  try {
    write("one");
    await succeed("config", "set", "--path", "spin:cluster.kubeconfig", cluster.kubeconfig);
    // The digest is known before anything is pushed, and so is all that follows from it.
    const reference = /reference\s*: \\?"([^"\\]+)/.exec(await succeed("preview"))?.[1];
    await succeed("up", "--yes", "--skip-preview");
    const first = await runs();
    expect(first).toMatch(new RegExp(`^${registry.host}/shop@sha256:[0-9a-f]{64}$`));
    expect(reference).toBe(first);
    await succeed("preview", "--expect-no-changes");
    write("two");
    await succeed("up", "--yes", "--skip-preview");
    expect(await runs()).not.toBe(first);
    write("one");
    await succeed("up", "--yes", "--skip-preview");
    expect(await runs()).toBe(first);
    expect(await succeed("stack", "export")).not.toContain(canary);
    expect(
      await cluster.client.get({ kind: "NetworkPolicy", namespace, name: "shop" }, soon()),
    ).toMatchObject({
      spec: { policyTypes: ["Egress"] },
    });
    await succeed("destroy", "--yes", "--skip-preview");
    expect(await runs()).toBe("");
  } finally {
    await program.dispose();
    await registry.stop();
  }
});

test("two clusters in one program", async () => {
  const other = await TestCluster.start();
  const first = await newNamespace(cluster);
  await other.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: first.namespace } });
  const { executor } = await newNamespace(other);
  const program = await openProgram({
    files: {
      "index.ts": `import { KubernetesDeployment } from "pulumi-spin";
        const common = { image: "${image}", name: "shop", replicas: 1 };
        new KubernetesDeployment("here", { ...common, namespace: "${first.namespace}", executor: "${first.executor}", cluster: { kubeconfig: "${cluster.kubeconfig}" } });
        new KubernetesDeployment("there", { ...common, namespace: "${executor.replace("executor", "test")}", executor: "${executor}", cluster: { kubeconfig: "${other.kubeconfig}" } });`,
    },
  });
  try {
    expect(await program.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ exitCode: 0 });
    const appsOf = async ({ client }: TestCluster): Promise<string[]> =>
      (await client.list({ kind: "SpinApp" }, {}, soon())).map(
        ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
      );
    expect(await appsOf(cluster)).toContain(`${first.namespace}/shop`);
    expect(await appsOf(other)).toEqual([`${executor.replace("executor", "test")}/shop`]);
    expect(await program.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ exitCode: 0 });
  } finally {
    await program.dispose();
    await other.stop();
  }
});
