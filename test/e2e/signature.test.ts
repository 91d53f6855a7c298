/** Signatures, bills of materials and provenance on real registries, with and without the referrers API, judged by both cosigns. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { startDockerRegistry } from "../../scripts/debian/docker-registry.ts";
import { debianTool, type ToolName } from "../../scripts/debian/tools.ts";
import { startReferrersRegistry } from "../../scripts/registry/start.ts";
import { pulumiSpin } from "../cli/pulumi-spin.ts";

jest.setTimeout(300_000);

let folder: string;
let environment: NodeJS.ProcessEnv;
const registries: Record<string, { host: string; stop(): Promise<void> }> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-e2e-signature-"));
  environment = {
    HOME: folder,
    XDG_CACHE_HOME: join(folder, "cache"),
    COSIGN_PASSWORD: "p4ss",
  };
  registries["fallback"] = await startDockerRegistry();
  registries["referrers"] = await startReferrersRegistry();
  const app = join(folder, "app");
  await mkdir(app);
  await copyFile(join(checkout, "examples/quickstart/components/stats/stats.wasm"), join(app, "stats.wasm"));
  await writeFile(join(app, "index.html"), "<h1>shop</h1>".repeat(20));
  await writeFile(
    join(app, "spin.toml"),
    `spin_manifest_version = 2
[application]
name = "shop"
version = "1.0.0"
[[trigger.http]]
route = "/..."
component = "shop"
[component.shop]
source = "stats.wasm"
files = ["index.html"]
`,
  );
  await cosign("cosign", "generate-key-pair", "--output-key-prefix", join(folder, "two"));
  await cosign("cosign-3", "generate-key-pair", "--output-key-prefix", join(folder, "three"));
});
afterAll(async () => {
  await Promise.all(Object.values(registries).map((it) => it.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function cosign(name: ToolName, ...args: string[]): Promise<string> {
  const { path, env } = await debianTool(name);
  const { stdout } = await execa(path, args, { env: { ...env, ...environment } });
  return stdout;
}

async function run(...words: string[]) {
  const { stdout, stderr, exitCode } = await pulumiSpin([...words, "--format", "json"], { environment });
  return { exitCode, stderr, data: JSON.parse(stdout) as Record<string, unknown> };
}

async function push(name: string, ...flags: string[]): Promise<{ reference: string; data: object }> {
  const { data, exitCode, stderr } = await run("push", "-f", join(folder, "app"), name, ...flags);
  expect([exitCode, stderr]).toEqual([0, expect.anything()]);
  return { reference: String(data["reference"]), data };
}

const key = (name: string): string => join(folder, name);
const verifyFlags = ["--insecure-ignore-tlog=true", "--allow-http-registry"];

describe.each(["fallback", "referrers"])("on a registry with the %s of referrers", (kind) => {
  const host = (): string => registries[kind]!.host;

  test("what we sign, cosign 3 verifies; under the tag cosign 2 does, too", async () => {
    const { reference } = await push(`${host()}/ours/shop:1`);
    expect((await run("sign", reference, "--key", key("two.key"))).data).toMatchObject({ new: true });
    await cosign("cosign-3", "verify", "--key", key("two.pub"), ...verifyFlags, reference);
    await expect(
      cosign("cosign-3", "verify", "--key", key("three.pub"), ...verifyFlags, reference),
    ).rejects.toThrow(/invalid signature|no matching/);
    const tag = ["--signature-format", "tag"];
    expect((await run("sign", reference, "--key", key("two.key"), ...tag)).data).toMatchObject({ new: true });
    await cosign("cosign", "verify", "--key", key("two.pub"), ...verifyFlags, reference);
    await expect(
      cosign("cosign", "verify", "--key", key("three.pub"), ...verifyFlags, reference),
    ).rejects.toThrow(/invalid signature|no matching/);
    // Neither is there twice.
    for (const format of [[], tag])
      expect((await run("sign", reference, "--key", key("two.key"), ...format)).data).toMatchObject({
        new: false,
      });
  });

  test.each([
    ["cosign", "two", ["--tlog-upload=false"]],
    ["cosign-3", "three", ["--tlog-upload=false", "--use-signing-config=false"]],
  ] as const)("what %s signs, we verify, and know the key", async (tool, name, flags) => {
    const { reference } = await push(`${host()}/theirs-${name}/shop:1`);
    const before = await run("verify", reference, "--key", key(`${name}.pub`));
    expect(before).toMatchObject({ exitCode: 1, data: { error: { code: "ERR_SPIN_SIGNATURE_MISSING" } } });
    const signing = ["--yes", "--key", key(`${name}.key`), ...flags, "--allow-http-registry"];
    await cosign(tool, "sign", ...signing, reference);
    const { data, exitCode } = await run("verify", reference, "--key", key(`${name}.pub`));
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({
      reference,
      signers: [{ kind: "key", fingerprint: expect.stringMatching(/^sha256:/) }],
    });
    const other = name === "two" ? "three" : "two";
    const wrong = await run("verify", reference, "--key", key(`${other}.pub`));
    expect(wrong).toMatchObject({ exitCode: 1, data: { error: { code: "ERR_SPIN_SIGNATURE_UNTRUSTED" } } });
    // One of several is enough.
    const both = ["--key", key("two.pub"), "--key", key("three.pub")];
    expect((await run("verify", reference, ...both)).exitCode).toBe(0);
  });

  test("a push with everything is verified statement by statement, and so are its copies", async () => {
    const flags = ["--sign", "--key", key("three.key"), "--sbom", "--provenance", "--builder"];
    const { reference, data } = await push(`${host()}/all/shop:1`, ...flags, "https://ci.example/jobs/1");
    const again = await push(`${host()}/all/shop:1`, ...flags, "https://ci.example/jobs/1");
    // The same sources, the same key: nothing new anywhere.
    expect(again.data).toEqual({ ...data, uploadedBytes: 0 });
    const copied = await run("copy", reference, `${host()}/prod/shop:live`);
    const places = [reference, String(copied.data["reference"])];
    for (const place of places) {
      expect((await run("verify", place, "--key", key("three.pub"))).exitCode).toBe(0);
      await cosign("cosign-3", "verify", "--key", key("three.pub"), ...verifyFlags, place);
      for (const type of ["slsaprovenance1", "cyclonedx"]) {
        expect((await run("verify", place, "--key", key("three.pub"), "--type", type)).exitCode).toBe(0);
        const attestation = ["--key", key("three.pub"), "--type", type, ...verifyFlags, place];
        expect(await cosign("cosign-3", "verify-attestation", ...attestation)).toContain("payload");
      }
      const bill = await run("sbom", place);
      expect(bill.data).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name: "shop" } } });
      // What is attached is what the sources give.
      expect(bill.data).toEqual((await run("sbom", join(folder, "app"))).data);
    }
    const bare = await run("copy", reference, `${host()}/bare/shop:live`, "--no-referrers");
    const { data: unsigned } = await run("verify", String(bare.data["reference"]), "--key", key("three.pub"));
    expect(unsigned).toMatchObject({ error: { code: "ERR_SPIN_SIGNATURE_MISSING" } });
    // Nothing is attached there, so it is pulled, and the bill is the same.
    const made = await run("sbom", String(bare.data["reference"]));
    expect(made.data).toEqual((await run("sbom", reference)).data);
  });

  test("what is attached is listed by oras, and inspected by us with who says to have signed", async () => {
    const flags = ["--sign", "--key", key("two.key"), "--sbom"];
    const { reference } = await push(`${host()}/listed/shop:1`, ...flags);
    const report = join(folder, "report.txt");
    await writeFile(report, "looked at");
    const attached = await run("attach", reference, report, "--artifact-type", "text/review");
    expect(attached.exitCode).toBe(0);
    const { path, env } = await debianTool("oras");
    const discover = ["discover", "--plain-http", "-o", "json", reference];
    const { stdout } = await execa(path, discover, { env: { ...env, HOME: folder } });
    expect((JSON.parse(stdout) as { manifests: unknown[] }).manifests).toHaveLength(4);
    const { data } = await run("inspect", reference);
    const fingerprint = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
    expect(data["attached"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: "signature", claimedBy: { kind: "key", fingerprint } }),
        expect.objectContaining({ what: "sbom", artifactType: "application/vnd.cyclonedx+json" }),
        expect.objectContaining({ what: "statement", predicateType: "https://cyclonedx.org/bom" }),
        expect.objectContaining({ what: "other", artifactType: "text/review" }),
      ]),
    );
  });
});
