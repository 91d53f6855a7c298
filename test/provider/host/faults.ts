/** Each call to the host × each fault, for each operation of a deployment: what a second run makes of it. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Properties } from "../../../provider/definition/resource.ts";
import { connect, type HostClient } from "../../../runtime/admin/client.ts";
import { answerOf, TestHost } from "../../runtime/control/test-host.ts";
import { type FaultProxy, faults, passing, startFaultProxy } from "../../support/fault-proxy.ts";
import { Failure, type FrontEnd, type State } from "./front-ends.ts";

jest.setTimeout(120_000);

const kind = "HostDeployment";
const canary = "canary-5c1e";
/** 1.9 KB that answer nothing: the routes beside it do. */
const source = "test/fixtures/upgrade/0.1.0/api.wasm";

/** Titles are stable: docs/provider-conduct.md names them. */
export function testHostFaults(open: () => FrontEnd | Promise<FrontEnd>): void {
  const host = new TestHost();
  let frontEnd: FrontEnd;
  let proxy: FaultProxy;
  let client: HostClient;
  const calls: Record<string, string[]> = {};
  const programs: Record<string, Properties> = {};
  /** As checked, before there is a state. */
  const inputs: Record<string, Properties> = {};

  beforeAll(async () => {
    frontEnd = await open();
    await host.client();
    proxy = await startFaultProxy(host.stateDir);
    client = (await connect({ stateDir: host.stateDir })) as HostClient;
    for (const body of ["one", "two"]) {
      programs[body] = await program(body);
      inputs[body] = await frontEnd.check(kind, programs[body]);
    }
    let state = await clean("create", () => frontEnd.create(kind, inputs["one"]!));
    state = await clean("update", () => frontEnd.update(kind, state, inputs["two"]!));
    await clean("read", () => frontEnd.read(kind, state));
    await clean("delete", () => frontEnd.delete(kind, state));
    forgetBlobs();
  });
  afterAll(async () => {
    frontEnd.stop();
    await proxy.stop();
    await host.remove();
  });

  /** A component and a route that answers `body`, with a secret; the update changes what it answers. */
  async function program(body: string): Promise<Properties> {
    const component = await made("Component", { componentId: "api", source });
    const app = await made("App", {
      name: "shop",
      components: [component],
      variables: [{ name: "token", required: true, secret: true }],
      routes: [
        { route: "/api", component: "api" },
        { route: "/...", staticResponse: { statusCode: 200, headers: {}, body } },
      ],
    });
    const variables = { token: canary };
    return { app, listen: "127.0.0.1:0", variables, host: { stateDir: host.stateDir } };
  }

  async function made(of: string, news: Properties): Promise<Properties> {
    return (await frontEnd.create(of, await frontEnd.check(of, news))).outputs["definition"] as Properties;
  }

  async function clean<T>(operation: string, run: () => Promise<T>): Promise<T> {
    await proxy.plan();
    const result = await run();
    calls[operation] = [...proxy.calls];
    return result;
  }

  /** The operation with the fault at one call; its failure, if it is one, tells what to do and no secret. */
  async function attempt<T>(name: string, at: number, run: () => Promise<T>): Promise<T | Failure> {
    await proxy.plan({ at, fault: faults[name]! });
    const result = await run().catch((error: unknown) => error as Failure);
    expect([at, proxy.hit]).toEqual([at, true]);
    await proxy.plan();
    if (!(result instanceof Failure)) return result;
    expect(result.message).toMatch(/^[A-Z].*\(ERR_SPIN_(?:HOST|RUNTIME_BLOB)_[A-Z_]+\)\. [A-Z]/s);
    expect(result.message).not.toContain(canary);
    if (passing.includes(name)) throw result;
    return result;
  }

  /** The host has the app in this form and nothing else, and a preview finds nothing to do. */
  async function expectConverged(state: State, body: string, revision: number): Promise<void> {
    const [found, ...others] = await client.listApps();
    expect(others).toEqual([]);
    const { digest } = inputs[body]!["app"] as Properties;
    expect(found).toMatchObject({ app: "shop", revision, status: "running", variables: { token: canary } });
    expect(found).toMatchObject({ digest, url: state.outputs["url"] });
    expect(await answerOf(found?.url ?? "")).toBe(body);
    const read = await frontEnd.read(kind, state);
    if (read === undefined) throw new Error("the app is gone");
    const wanted = await frontEnd.check(kind, programs[body]!, read.outputs);
    expect(await frontEnd.differs(kind, read, wanted)).toBe(false);
    expect(blobs()).toHaveLength(1);
  }

  const blobs = (): string[] => readdirSync(join(host.stateDir, "blobs", "sha256"));
  /** So that the next create uploads again. */
  const forgetBlobs = (): void => {
    for (const name of blobs()) rmSync(join(host.stateDir, "blobs", "sha256", name));
  };
  const numbers = (operation: string): number[] => (calls[operation] ?? []).map((_, index) => index + 1);
  const deployed = (): Promise<State> => frontEnd.create(kind, inputs["one"]!);
  /** The engine creates what it does not know, and updates what it recorded of a failure. */
  const secondRun = async (result: unknown, known: State | undefined, body: string): Promise<State> => {
    if (known === undefined) return frontEnd.create(kind, inputs[body]!);
    return known === result ? known : frontEnd.update(kind, known, inputs[body]!);
  };
  const removed = async (state: State): Promise<void> => {
    await frontEnd.delete(kind, state);
    expect(await client.listApps()).toEqual([]);
    forgetBlobs();
  };

  test("the calls of each operation", () => {
    const [app, blob] = ["/v1/apps/shop", expect.stringMatching(/^HEAD \/v1\/blobs\/sha256:/)];
    const ask = "GET /v1/status";
    expect(calls).toEqual({
      create: [ask, `GET ${app}`, blob, expect.stringMatching(/^PUT \/v1\/blobs\//), `PUT ${app}`],
      update: [ask, blob, `PUT ${app}`],
      read: [ask, `GET ${app}`],
      delete: [ask, expect.stringMatching(`^DELETE ${app}\\?owner=`)],
    });
  });

  describe.each(Object.keys(faults))("%s", (name) => {
    test("during a create", async () => {
      for (const at of numbers("create")) {
        const result = await attempt(name, at, deployed);
        const known = result instanceof Failure ? result.recorded : result;
        const state = await secondRun(result, known, "one");
        await expectConverged(state, "one", 1);
        await removed(state);
      }
    });

    test("during an update", async () => {
      for (const at of numbers("update")) {
        const former = await deployed();
        const result = await attempt(name, at, () => frontEnd.update(kind, former, inputs["two"]!));
        const known = result instanceof Failure ? (result.recorded ?? former) : result;
        const state = await secondRun(result, known, "two");
        await expectConverged(state, "two", 2);
        await removed(state);
      }
    });

    test("during a refresh", async () => {
      const state = await deployed();
      for (const at of numbers("read")) {
        const result = await attempt(name, at, () => frontEnd.read(kind, state));
        // A failure says nothing about the app: only the host's own word that it is gone does.
        expect(result).toBeDefined();
        await expectConverged(result instanceof Failure ? state : (result as State), "one", 1);
      }
      await removed(state);
    });

    test("during a delete", async () => {
      for (const at of numbers("delete")) {
        const state = await deployed();
        const result = await attempt(name, at, () => frontEnd.delete(kind, state));
        if (!(result instanceof Failure)) expect(await client.listApps()).toEqual([]);
        await removed(state);
      }
    });
  });

  describe("a host that cannot be asked any more, after it was told to deploy", () => {
    const lost = { at: 5, times: Number.POSITIVE_INFINITY, fault: faults["500 after the work"]! };

    test("is in the state, so that the next run goes on, and a destroy leaves nothing", async () => {
      for (const next of ["update", "delete"]) {
        await proxy.plan(lost);
        const failure = await deployed().catch((error: unknown) => error as Failure);
        await proxy.plan();
        if (!(failure instanceof Failure) || failure.recorded === undefined)
          throw new Error("nothing was recorded");
        const state =
          next === "update"
            ? await frontEnd.update(kind, failure.recorded, inputs["one"]!)
            : failure.recorded;
        if (next === "update") await expectConverged(state, "one", 1);
        await removed(state);
      }
    });
  });
}
