/** examples/kubernetes: one program, deployed to the bundled host and then to Kubernetes. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { startDockerRegistry } from "../../scripts/debian/docker-registry.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { openProgram } from "../support/program.ts";
import { newNamespace, soon } from "./setting.ts";

jest.setTimeout(180_000);

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
}, 120_000);
afterAll(() => cluster.stop());

test("the example runs on the host, moves to Kubernetes, is changed, drifts, is restored and destroyed", async () => {
  const { namespace, executor } = await newNamespace(cluster);
  const registry = await startDockerRegistry();
  const program = await openProgram({ from: join(checkout, "examples", "kubernetes") });
  const succeed = async (...args: string[]): Promise<string> => {
    const { exitCode, output } = await program.pulumi(...args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
    return output;
  };
  const set = async (settings: Record<string, string>): Promise<void> => {
    for (const [key, value] of Object.entries(settings)) await succeed("config", "set", "--path", key, value);
  };
  const up = (): Promise<string> => succeed("up", "--yes", "--skip-preview");
  const live = async (): Promise<{ image: string; replicas: number } | undefined> => {
    const app = await cluster.client.get({ kind: "SpinApp", namespace, name: "greeter" }, soon());
    return app?.["spec"] as { image: string; replicas: number } | undefined;
  };
  try {
    const listen = `127.0.0.1:${await freePort()}`;
    await set({ listen });
    await up();
    expect(await (await fetch(`http://${listen}/greet`)).text()).toBe("Hello\n");

    await set({
      target: "kubernetes",
      repository: `${registry.host}/greeter`,
      namespace,
      executor,
      replicas: "1",
      "spin:cluster.kubeconfig": cluster.kubeconfig,
    });
    await up();
    const first = await live();
    expect(first).toMatchObject({ replicas: 1 });
    expect(await succeed("stack", "output", "url")).toContain(`greeter.${namespace}.svc`);
    await expect(fetch(`http://${listen}/greet`)).rejects.toThrow();

    await set({ greeting: "Servus" });
    await up();
    expect((await live())?.image).not.toBe(first?.image);
    await cluster.client.request(
      "PATCH",
      { kind: "SpinApp", namespace, name: "greeter" },
      { spec: { replicas: 3 } },
      { signal: soon(), type: "application/merge-patch+json" },
    );
    await succeed("refresh", "--yes");
    await up();
    expect(await live()).toMatchObject({ replicas: 1 });
    await set({ greeting: "Hello" });
    await up();
    expect((await live())?.image).toBe(first?.image);
    await succeed("destroy", "--yes", "--skip-preview");
    expect(await live()).toBeUndefined();
  } finally {
    await program.dispose();
    await registry.stop();
  }
});
