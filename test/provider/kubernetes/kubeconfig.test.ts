import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { KubernetesClient } from "../../../provider/kubernetes/api/client.ts";
import { loadKubeconfig } from "../../../provider/kubernetes/api/kubeconfig.ts";
import { rejected } from "../../support/caught.ts";

let folder = "";
const file = (name: string): string => join(folder, name);
const config = (name: string, more: object = {}): string =>
  JSON.stringify({
    "current-context": name,
    clusters: [{ name, cluster: { server: `https://${name}.example.com` } }],
    users: [{ name, user: { token: "canary" } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: `of-${name}` } }],
    ...more,
  });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spin-kubeconfig-"));
  await mkdir(file(".kube"));
  await writeFile(file(".kube/config"), config("home"));
  await writeFile(file("one"), config("one"));
  await writeFile(file("two"), config("two"));
  await writeFile(file("broken"), "canary: [");
});
afterAll(() => rm(folder, { recursive: true }));

const load = (settings: object, environment: NodeJS.ProcessEnv = {}): ReturnType<typeof loadKubeconfig> =>
  loadKubeconfig(settings, folder, { HOME: folder, ...environment });
const shown = async (settings: object, environment: NodeJS.ProcessEnv = {}): Promise<string> =>
  new KubernetesClient(await load(settings, environment)).shown;

describe("a cluster is found", () => {
  test("by a path relative to the project, by ~, or by the text itself", async () => {
    expect(await shown({ kubeconfig: "one" })).toBe('context "one" (https://one.example.com)');
    expect(await shown({ kubeconfig: "~/two" })).toContain('"two"');
    expect(await shown({ kubeconfig: config("text") })).toContain('"text"');
  });

  test("in the files of KUBECONFIG, of which some may be missing and the first counts", async () => {
    const environment = { KUBECONFIG: [file("none"), file("one"), file("two")].join(":") };
    expect(await shown({}, environment)).toContain('"one"');
    expect(await shown({ context: "two" }, environment)).toContain('"two"');
    const client = new KubernetesClient(await load({ context: "two" }, environment));
    expect(client.namespace).toBe("of-two");
  });

  test("in ~/.kube/config", async () => {
    expect(await shown({})).toContain('"home"');
  });
});

describe("what is wrong with a kubeconfig is said without its content", () => {
  const cases: [string, object, RegExp][] = [
    ["a file that is missing", { kubeconfig: "none" }, /none cannot be read \(ENOENT\)/],
    ["a text that is none", { kubeconfig: "canary: [\n" }, /The text in `kubeconfig` is no kubeconfig/],
    ["a file that is none", { kubeconfig: "broken" }, /broken is no kubeconfig/],
    ["a context that is missing", { kubeconfig: "one", context: "oen" }, /no context "oen"/],
    ["no current context", { kubeconfig: config("x", { "current-context": "" }) }, /no current context/],
  ];
  test.each(cases)("%s", async (_what, settings, text) => {
    const error = await rejected(load(settings));
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_CONFIG", message: expect.stringMatching(text) });
    expect(`${error.message} ${error.hint}`).not.toContain("canary");
  });

  test("none at all", async () => {
    expect(await rejected(load({}, { HOME: file("nobody") }))).toMatchObject({
      code: "ERR_SPIN_CLUSTER_CONFIG",
      message: expect.stringContaining("There is no kubeconfig"),
    });
  });

  test("a server that is no URL", async () => {
    const text = config("x", { clusters: [{ name: "x", cluster: { server: "nowhere" } }] });
    await expect(shown({ kubeconfig: text })).rejects.toMatchObject({ code: "ERR_SPIN_CLUSTER_CONFIG" });
  });

  test("a plugin for logging in that fails", async () => {
    await writeFile(file("login"), "#!/bin/sh\necho no such account >&2\nexit 3\n");
    await chmod(file("login"), 0o755);
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: file("login"),
      interactiveMode: "Never",
    };
    const text = config("x", { users: [{ name: "x", user: { exec } }] });
    const client = new KubernetesClient(await load({ kubeconfig: text }));
    const error = await rejected(
      client.get({ kind: "Pod", namespace: "a", name: "b" }, AbortSignal.timeout(10_000)),
    );
    expect(error).toMatchObject({ code: "ERR_SPIN_CLUSTER_CONFIG" });
    expect(error.message).toContain("Logging in to");
  });
});
