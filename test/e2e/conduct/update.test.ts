import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";

import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { type Declared, frontEnds, ref } from "../../support/front-ends.ts";
import { needRegistry, resources } from "./resources.ts";
import { openStack, type Stack, type Step } from "../../support/stack.ts";
import { type Change, changes, declared, deployments, resourceName, unchanging } from "./changes.ts";

jest.setTimeout(300_000);

const binary = readFileSync(join(checkout, "test", "fixtures", "upgrade", "0.1.0", "api.wasm"));
const all: Change[] = [...changes, ...deployments];

test("every input of every resource is among the changes, or makes a new resource", () => {
  const inputs = resources.flatMap(({ token, inputs: { shape }, immutable = [] }) =>
    Object.keys(shape)
      .filter((name) => !immutable.includes(name))
      .map((name) => `${token.split(":").at(-1)}-${name}`)
      .filter((name) => !needRegistry.includes(name)),
  );
  expect(all.map(resourceName).sort()).toEqual(inputs.sort());
});

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    for (const file of ["api.wasm", "copy.wasm"]) stack.program.write(file, binary);
    stack.program.write("source.txt", "x");
  });
  afterAll(() => stack.dispose());

  const write = (when: "before" | "after", more: Record<string, Declared> = {}): void =>
    stack.write({ resources: { ...unchanging, ...declared(all, when), ...more } });
  const apps = async () => Object.fromEntries((await stack.host.listApps()).map((app) => [app.app, app]));
  const ids = async () =>
    Object.fromEntries((await stack.program.state()).map(({ urn, id }) => [urn.split("::").at(-1), id]));
  /** What the engine says of the changed resources, without the outputs that follow from their inputs. */
  const told = (steps: Step[]): Record<string, unknown> =>
    Object.fromEntries(
      steps.map(({ name, op, diff }) => {
        const { kind, input } = all.find((it) => resourceName(it) === name) ?? {};
        const known = Object.keys(
          resources.find(({ token }) => token === `spin:index:${kind}`)?.inputs.shape ?? {},
        );
        const named = Object.entries(diff).filter(
          ([path]) =>
            known.includes(/^[^.[]+/.exec(path)?.[0] ?? "") &&
            (input !== "app" || path.startsWith("app.lockedApp")),
        );
        return [name, { op, diff: Object.fromEntries(named) }];
      }),
    );
  const expected = (inverse = false): Record<string, unknown> => {
    const kinds: Record<string, string> = { add: "delete", delete: "add", update: "update" };
    const changed = all.filter(({ diff }) => Object.keys(diff).length > 0);
    return Object.fromEntries(
      changed.map((it) => {
        const diff = Object.entries(it.diff).map(([path, kind]) => [path, inverse ? kinds[kind] : kind]);
        return [resourceName(it), { op: "update", diff: Object.fromEntries(diff) }];
      }),
    );
  };

  test("3: up makes what the program says, and again it does nothing", async () => {
    write("before");
    await stack.up();
    const running = await apps();
    expect(Object.keys(running).sort()).toEqual(deployments.map(({ input }) => input).sort());
    for (const { input } of deployments) {
      const { url, digest, revision, status, history, variables } = running[input]!;
      expect((await stack.stored(`HostDeployment-${input}`))?.outputs).toMatchObject({
        name: input,
        url,
        digest,
        revision,
        status,
        history,
        variables,
      });
    }
    expect(await (await fetch(`${running["limits"]?.url}fact`)).text()).toBe("one");
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
    stack.admin.writes();
    expect((await stack.up("--expect-no-changes")).steps).toEqual([]);
    expect(stack.admin.writes()).toEqual([]);
    expect(await apps()).toEqual(running);
  });

  test("4: each change is named by its path and made in place; nothing else is written", async () => {
    const before = { ids: await ids(), apps: await apps() };
    write("after");
    expect(told((await stack.run("preview")).steps)).toEqual(expected());
    expect(stack.admin.writes()).toEqual([]);
    expect(told((await stack.up()).steps)).toEqual(expected());
    const deployed = deployments.filter(({ deploys }) => deploys).map(({ input }) => input);
    expect(stack.admin.writes().sort()).toEqual(deployed.map((app) => `PUT /v1/apps/${app}`).sort());
    expect(await ids()).toEqual(before.ids);
    for (const [name, { revision }] of Object.entries(await apps()))
      expect({ name, revision }).toEqual({ name, revision: deployed.includes(name) ? 2 : 1 });
    const { url } = await stack.host.mustGetApp("listen");
    expect(await (await fetch(`${url}fact`)).text()).toBe("one");
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
  });

  test("6: an input that is left out again goes back to its default, and then nothing differs", async () => {
    write("before");
    expect(told((await stack.up()).steps)).toEqual(expected(true));
    const { variables, limits } = await apps();
    expect(variables?.variables).toEqual({});
    expect(limits?.limits).toEqual({ computeMs: 1_000 });
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
  });

  test("6: null, empty lists, another order of a set and the default written out are no change", async () => {
    const same = (name: string, inputs: Declared["inputs"]): Record<string, Declared> => {
      const it = all.find((change) => resourceName(change) === name)!;
      return { [name]: { type: it.kind, inputs: { ...it.before, ...inputs } } };
    };
    write("before", {
      more: {
        type: "CapabilityGrant",
        inputs: { allowedOutboundHosts: ["https://a.example", "https://b.example", "https://c.example"] },
      },
    });
    await stack.up();
    write("before", {
      more: {
        type: "CapabilityGrant",
        inputs: { allowedOutboundHosts: ["https://c.example", "https://a.example", "https://b.example"] },
      },
      ...same("Variable-description", { description: null }),
      ...same("Variable-default", { secret: false }),
      ...same("CapabilityGrant-reason", { reason: null, files: [], variables: {}, aiModels: [] }),
      ...same("Component-environment", { environment: {}, grants: [] }),
      ...same("App-version", { version: "", authors: [], variables: [] }),
      ...same("HostDeployment-variables", { variables: {}, limits: {} }),
      ...same("Route-triggerId", { triggerId: null, middleware: null }),
    });
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
  });

  test("6: a number for a text, or a text for a number, is refused at its property", async () => {
    write("before", {
      wrong: {
        type: "HostDeployment",
        inputs: { app: ref("shop"), name: "wrong", limits: { computeMs: "many" } },
      },
    });
    expect((await stack.refused("preview")).said).toMatch(/computeMs/);
    write("before", { wrong: { type: "Variable", inputs: { name: "wrong", default: ["a"] } } });
    expect((await stack.refused("preview")).said).toMatch(/default/);
  });
});
