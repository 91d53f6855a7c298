/** A deployment whose cluster or process fails under it: the next run converges, and nothing is left behind. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { describeError } from "../../model/errors/index.ts";
import { contextOf } from "../../provider/definition/context.ts";
import { engineOf } from "../../provider/definition/engine.ts";
import { isPartialFailure } from "../../provider/definition/partial-failure.ts";
import type { Properties } from "../../provider/definition/resource.ts";
import { kubernetesDeployment } from "../../provider/resources/kubernetes-deployment.ts";
import { TestCluster } from "../../scripts/kubernetes/cluster.ts";
import { openServerGate, type ServerGate } from "./server-gate.ts";
import { image, newNamespace, otherImage, soon } from "./setting.ts";

const engine = engineOf(kubernetesDeployment);
const canary = "canary-0b77";
let cluster: TestCluster;
let gate: ServerGate;
let namespace = "";
let executor = "";
let lines: string[] = [];
beforeAll(async () => {
  cluster = await TestCluster.start();
  gate = await openServerGate(cluster.kubeconfig);
  ({ namespace, executor } = await newNamespace(cluster));
}, 120_000);
afterAll(async () => {
  await gate.close();
  await cluster.stop();
});

const context = (signal = AbortSignal.timeout(90_000)) =>
  contextOf({
    projectDir: "/",
    configuration: { cluster: { kubeconfig: gate.kubeconfig } },
    log: (line) => lines.push(line),
    signal,
  });
const given = (more: Properties = {}): Properties => ({
  image,
  name: "shop",
  namespace,
  executor,
  replicas: 1,
  variables: { token: canary },
  networkPolicy: { allow: [] },
  ...more,
});
async function checked(inputs: Properties): Promise<Properties> {
  const { inputs: found, derived, issues } = await engine.check(inputs, context());
  await engine.tryOut({ ...found, ...derived }, context());
  expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  return found;
}

/** All that may be left of a deployment. */
async function left(): Promise<string[]> {
  const found = [];
  for (const kind of ["SpinApp", "NetworkPolicy", "Deployment"] as const)
    found.push(...(await cluster.client.list({ kind, namespace }, {}, soon())));
  const labelSelector = "app.kubernetes.io/managed-by=pulumi-spin";
  found.push(...(await cluster.client.list({ kind: "Secret", namespace }, { labelSelector }, soon())));
  return found.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

function product<T>(count: number, others: readonly T[]): [number, T][] {
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((nth) =>
    others.map((other): [number, T] => [nth, other]),
  );
}

/** Runs until the nth request has been carried out, and then no further: what a kill leaves. */
async function killedAt(nth: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const kill = new AbortController();
  gate.open(nth, () => kill.abort(new Error("killed")));
  const outcome: unknown = await work(kill.signal).catch((error: unknown) => error);
  gate.open();
  return outcome;
}

describe("a process that is killed", () => {
  test("after any request of a create leaves what the next run takes up, whether or not it could record it", async () => {
    const inputs = await checked(given());
    const others = await checked(given({ variables: { token: "another" } }));
    gate.open();
    const { id, outputs } = await engine.create(inputs, context());
    const requests = gate.count();
    await engine.delete(id, outputs, context());
    expect(requests).toBeGreaterThan(5);
    const afterwards = ["the next run knows it", "nothing was recorded", "it is destroyed"] as const;
    for (const [nth, what] of product(requests - 1, afterwards)) {
      const outcome = await killedAt(nth, (signal) => engine.create(inputs, context(signal)));
      const known =
        isPartialFailure(outcome) && what !== "nothing was recorded" ? outcome.outputs : undefined;
      if (what === "it is destroyed" && known !== undefined) {
        await engine.delete(id, known, context());
      } else {
        // Where only Secrets were made, the program may have changed by the next run.
        const app = await cluster.client.get({ kind: "SpinApp", namespace, name: "shop" }, soon());
        const next = app === undefined ? others : inputs;
        const state =
          known === undefined
            ? (await engine.create(next, context())).outputs
            : await engine.update(id, known, next, context());
        if (next === inputs) expect(state).toEqual(outputs);
        const secrets = (await left()).filter((it) => it.startsWith("Secret/"));
        expect({ nth, what, count: secrets.length }).toEqual({ nth, what, count: 1 });
        await engine.delete(id, state, context());
      }
      expect({ nth, what, left: await left() }).toEqual({ nth, what, left: [] });
    }
  }, 240_000);

  test("after any request of an update or a delete leaves what the next run takes up", async () => {
    const before = await checked(given());
    const after = await checked(given({ image: otherImage, variables: { token: "another" } }));
    const { id, outputs: first } = await engine.create(before, context());
    gate.open();
    const second = await engine.update(id, first, after, context());
    const requests = gate.count();
    for (let nth = 1; nth < requests; nth++) {
      const [from, to, wanted] = nth % 2 === 1 ? [second, before, first] : [first, after, second];
      const outcome = await killedAt(nth, (signal) => engine.update(id, from, to, context(signal)));
      // Unrecorded, the former outputs stay; the failure's, when it could be recorded.
      const known = isPartialFailure(outcome) ? outcome.outputs : from;
      expect(await engine.update(id, known, to, context())).toEqual(wanted);
    }
    for (let nth = 1; nth < 4; nth++)
      await killedAt(nth, (signal) => engine.delete(id, second, context(signal)));
    await engine.delete(id, second, context());
    expect(await left()).toEqual([]);
  });
});

describe("an API server that is down", () => {
  test("lets a preview tell what follows from the schema, and says so; an update then says which cluster", async () => {
    gate.open(1);
    lines = [];
    const inputs = await checked(given());
    expect(lines.join("\n")).toMatch(/does not answer|gave no whole answer/);
    expect(lines.join("\n")).toContain("from the program and SpinKube's schema alone");
    const error: unknown = await engine.create(inputs, context()).catch((it: unknown) => it);
    expect(describeError(error)).toMatch(/context "gate".*ERR_SPIN_CLUSTER_UNREACHABLE/);
    gate.open();
    expect(await left()).toEqual([]);
  });

  test("during a wait and up again later is waited for", async () => {
    const inputs = await checked(given({ podAnnotations: { "fake/fail": "ContainerCreating" } }));
    let restarted: Promise<void> | undefined;
    const ended = new AbortController();
    const noticing = contextOf({
      ...context(ended.signal),
      log(line) {
        lines.push(line);
        if (/available/.test(line) && restarted === undefined)
          restarted = cluster
            .stopServer()
            .then(() => cluster.restartServer())
            .then(() => ended.abort());
      },
    });
    const outcome: unknown = await engine.create(inputs, noticing).catch((it: unknown) => it);
    await restarted;
    // It was still waiting when the server was back.
    expect(describeError(isPartialFailure(outcome) ? outcome.cause : outcome)).toMatch(
      /cancelled|does not come up/,
    );
    if (isPartialFailure(outcome)) await engine.delete(outcome.id, outcome.outputs, context());
    expect(await left()).toEqual([]);
  });
});

test("nothing that was said has a secret in it", () => {
  expect(lines.join("\n")).not.toContain(canary);
  expect(lines.join("\n")).not.toContain(Buffer.from(canary).toString("base64"));
});
