import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { digestOf } from "../../model/digest.ts";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { type DockerRegistry, startDockerRegistry } from "../../scripts/debian/docker-registry.ts";
import { FakeRegistry, fail } from "../support/fake-registry.ts";
import { type Declared, frontEnds, output, ref, type Value } from "../support/front-ends.ts";
import { repositoryOf } from "../support/registry-client.ts";
import { openStack, type Stack } from "../support/stack.ts";

jest.setTimeout(300_000);

const wasm = readFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"));

interface Written {
  host: string;
  body?: string;
  name?: string;
  tags?: string[];
  retention?: Value;
}

/** An app in a registry, and the host running what is there. */
function declared(
  { listen }: Stack,
  { host, body = "one", name = "acme/shop", tags = ["1"], retention }: Written,
): Record<string, Declared> {
  return {
    store: { type: "CapabilityGrant", inputs: { keyValueStores: ["default"] } },
    stats: { type: "Component", inputs: { source: "stats.wasm", grants: [ref("store")] } },
    all: { type: "Route", inputs: { route: "/stats", component: "stats" } },
    fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body } } },
    greeting: { type: "Variable", inputs: { default: "Hello" } },
    shop: {
      type: "App",
      inputs: { components: [ref("stats")], routes: [ref("all"), ref("fact")], variables: [ref("greeting")] },
    },
    pushed: {
      type: "Artifact",
      inputs: {
        app: ref("shop"),
        repository: `${host}/${name}`,
        tags,
        ...(retention === undefined ? {} : { retention }),
      },
    },
    local: { type: "HostDeployment", inputs: { artifact: ref("pushed"), listen } },
  };
}

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  let registry: DockerRegistry;
  const written = (more: Partial<Written> = {}): void =>
    stack.write({ resources: declared(stack, { host: registry.host, ...more }) });
  const leads = async (tag: string, name = "acme/shop"): Promise<string | undefined> =>
    (await repositoryOf(registry.host, { name }).resolve(tag))?.digest;
  const digest = async (name = "pushed"): Promise<string> =>
    (await stack.stored(name))?.outputs?.["digest"] as string;
  const stepsOf = ({ steps }: { steps: { name: string; op: string }[] }): string[] =>
    steps.map(({ name, op }) => `${op} ${name}`);

  beforeAll(async () => {
    registry = await startDockerRegistry();
    stack = await openStack(frontEnd);
    stack.program.write("stats.wasm", wasm);
    written();
  });
  afterAll(async () => {
    await stack.dispose();
    await registry.stop();
  });

  test("an app is pushed, run by digest, and then nothing changes", async () => {
    const preview = await stack.run("preview", "--diff");
    expect(await leads("1")).toBeUndefined();
    await stack.up();
    expect(preview.output).toContain(await digest());
    expect(await leads("1")).toBe(await digest());
    expect(await stack.fetch("/stats")).toContain("Rust");
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
    expect((await stack.up("--expect-no-changes")).steps).toEqual([]);
  });

  test("a tag moves without a push, and what is deployed stays", async () => {
    written({ tags: ["1", "2"] });
    expect(stepsOf(await stack.up())).toEqual(["update pushed"]);
    expect(await leads("2")).toBe(await digest());
  });

  test("a moved tag, a deleted manifest and another app on the host are drift, and up restores them", async () => {
    const shop = repositoryOf(registry.host);
    const own = await digest();
    const other = { ...(await shop.manifest(own))! };
    const changed = Buffer.from(Buffer.from(other.bytes).toString().replace('"shop"', '"shopping"'));
    await shop.putManifest("1", { ...other, bytes: changed, digest: digestOf(changed) });
    expect(await leads("1")).not.toBe(own);
    const found = await stack.run("refresh", "--preview-only");
    expect(stepsOf(found)).toEqual(["update pushed"]);
    expect(Object.keys(found.steps[0]?.diff ?? {}).join()).toMatch(/^tags/);
    await stack.run("refresh", "--yes");
    expect(stepsOf(await stack.up())).toEqual(["update pushed"]);
    expect(await leads("1")).toBe(own);

    await shop.deleteManifest(own);
    expect(await leads("2")).toBeUndefined();
    await stack.host.setVariable("shop", "greeting", "by hand");
    expect(stepsOf(await stack.run("refresh", "--yes"))).toContain("delete pushed");
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.up();
    expect([await leads("1"), await leads("2"), await digest()]).toEqual([own, own, own]);
    expect((await stack.host.mustGetApp("shop")).variables).toEqual({});
    expect((await stack.run("refresh", "--preview-only", "--expect-no-changes")).steps).toEqual([]);
  });

  test("another app is another digest, run in place of the former", async () => {
    const former = await digest();
    written({ body: "two", tags: ["1"], retention: { keep: 1, onDestroy: "delete" } });
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("two");
    expect(await leads("1")).toBe(await digest());
    expect(await leads(former)).toBeUndefined();
  });

  test("a promotion has the same digest in another repository, and other values", async () => {
    const text = declared(stack, {
      host: registry.host,
      body: "two",
      tags: ["1"],
      retention: { keep: 1, onDestroy: "delete" },
    });
    const live: Record<string, Declared> = {
      live: {
        type: "Artifact",
        inputs: {
          copyFrom: output("pushed.reference"),
          repository: `${registry.host}/live/shop`,
          tags: ["live"],
        },
      },
      running: {
        type: "HostDeployment",
        inputs: {
          artifact: ref("live"),
          name: "live",
          listen: "127.0.0.1:0",
          variables: { greeting: "Servus" },
        },
      },
    };
    stack.write({ resources: { ...text, ...live } });
    expect(stepsOf(await stack.up()).toSorted()).toEqual(["create live", "create running"]);
    expect(await digest("live")).toBe(await digest());
    expect(await leads("live", "live/shop")).toBe(await digest());
    expect(await stack.host.mustGetApp("live")).toMatchObject({ variables: { greeting: "Servus" } });
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
    stack.write({ resources: text });
    expect(stepsOf(await stack.up()).toSorted()).toEqual(["delete live", "delete running"]);
  });

  test("another repository: the new one is made before the old one goes", async () => {
    const former = await digest();
    written({ body: "two", tags: ["1"], name: "acme/moved" });
    await stack.up();
    expect(await leads("1", "acme/moved")).toBe(former);
    expect(await leads(former)).toBeUndefined();
    expect(await stack.fetch("/fact")).toBe("two");
  });

  test("a registry that fails or is killed amid a push leaves a state that the next run goes on from", async () => {
    const faulty = await new FakeRegistry().start();
    try {
      written({ host: faulty.host, body: "three" });
      faulty.behaviour = { hook: (_, response) => (fail(response, 403, "DENIED"), true) };
      expect((await stack.refused("up", "--yes", "--skip-preview")).said).toContain(
        "ERR_SPIN_REGISTRY_DENIED",
      );
      expect(await stack.fetch("/fact")).toBe("two");

      let asked = (): void => {};
      const isAsked = new Promise<void>((resolve) => (asked = resolve));
      faulty.behaviour = {
        hook({ method, url }) {
          if (method !== "PUT" || url?.includes("/uploads/") !== true) return false;
          asked();
          return true;
        },
      };
      const { cli, projectDir, environment, stack: name } = stack.program.workspace;
      const running = execa(
        cli.path,
        ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", name],
        {
          cwd: projectDir,
          env: environment,
          extendEnv: false,
          detached: true,
          reject: false,
        },
      );
      await isAsked;
      process.kill(-running.pid!, "SIGKILL");
      await running;
      faulty.behaviour = {};
      await stack.run("cancel", "--yes");
      await stack.run("refresh", "--yes", "--clear-pending-creates");
      await stack.up();
      expect(await stack.fetch("/fact")).toBe("three");
      expect(faulty.tags.get("acme/shop:1")).toBe(await digest());
      expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
      await stack.destroy();
      expect(await stack.host.getApp("shop")).toBeUndefined();
      // Manifests stay unless it is said otherwise.
      expect(faulty.manifests.size).toBe(1);
    } finally {
      await faulty.stop();
    }
  });
});
