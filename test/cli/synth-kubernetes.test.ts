/** `synth --target kubernetes`: what a deployment would apply, as YAML for GitOps. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

const image = `ghcr.io/me/shop@sha256:${"a".repeat(64)}`;
const manifest = `spin_manifest_version = 2
[application]
name = "shop"
[variables]
greeting = { default = "Hello" }
token = { required = true, secret = true }
[[trigger.http]]
route = "/..."
component = "web"
[component.web]
source = "web.wasm"
allowed_outbound_hosts = ["https://10.1.0.0/16"]
`;
let folder = "";
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spin-synth-"));
  await writeFile(file("spin.toml"), manifest);
  await writeFile(file("web.wasm"), "\0asm");
  await writeFile(
    file("inputs.yaml"),
    "replicas: 3\nvariables:\n  greeting: 'yes'\n  token: { secretKeyRef: { name: shop, key: token } }\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const synth = (...more: string[]): ReturnType<typeof pulumiSpin> =>
  pulumiSpin(["synth", folder, "--target", "kubernetes", ...more]);

describe("synth --target kubernetes", () => {
  test("prints the objects in the order in which they are applied, the same text each time", async () => {
    const words = ["--image", image, "--inputs", file("inputs.yaml"), "--namespace", "prod"];
    const { exitCode, stdout, stderr } = await synth(...words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const objects = parseAllDocuments(stdout, { version: "1.1" }).map((it) => it.toJS());
    expect(objects).toMatchObject([
      { kind: "NetworkPolicy", spec: { egress: [{ to: [{ ipBlock: { cidr: "10.1.0.0/16" } }] }] } },
      {
        kind: "SpinApp",
        metadata: { name: "shop", namespace: "prod" },
        spec: {
          image,
          replicas: 3,
          variables: [
            // As text, which YAML 1.1 would take for a boolean without quotes.
            { name: "greeting", value: "yes" },
            { name: "token", valueFrom: { secretKeyRef: { name: "shop", key: "token" } } },
          ],
        },
      },
    ]);
    expect((await synth(...words)).stdout).toBe(stdout);
    expect(JSON.parse((await synth(...words, "--format", "json")).stdout)).toEqual(objects);
  });

  test("refuses what would not run, all at once", async () => {
    await writeFile(file("wrong.yaml"), "variables: { token: s3cret }\nexecuter: x\n");
    const misspelt = await synth("--image", image, "--inputs", file("wrong.yaml"));
    expect(misspelt.exitCode).toBe(1);
    expect(misspelt.stderr).toContain('Did you mean "executor"?');
    await writeFile(file("wrong.yaml"), "variables: { token: s3cret }\nreplicas: 1\n");
    const { stderr, stdout } = await synth("--inputs", file("wrong.yaml"), "--name", "x".repeat(60));
    expect(stdout).toBe("");
    expect(stderr).toContain("no image to deploy");
    expect(stderr).toContain("60 characters");
    expect(stderr).toContain("variables.token: The objects would hold a secret in plain text.");
    expect(stderr).not.toContain("s3cret");
  });

  test("names what a word of the command line is for", async () => {
    expect((await synth("--image", image, "--inputs", file("none.yaml"))).stderr).toContain("cannot be read");
    await writeFile(file("list.yaml"), "- a\n");
    expect((await synth("--image", image, "--inputs", file("list.yaml"))).stderr).toContain(
      "holds no inputs",
    );
    await writeFile(file("broken.yaml"), "a: [\n");
    expect((await synth("--image", image, "--inputs", file("broken.yaml"))).stderr).toContain("broken.yaml");
    const other = await pulumiSpin(["synth", folder, "--target", "nomad"]);
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no target "nomad"') });
    const needless = await pulumiSpin(["synth", folder, "--image", image]);
    expect(needless).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("goes with --target") });
  });
});
