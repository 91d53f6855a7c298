/** `synth` and `lock`: a spin.toml without Pulumi. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

let folder = "";
const digest = `sha256:${"0".repeat(64)}`;
const big = "x".repeat(200);
const manifest = `spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
route = "/..."
component = "web"
[component.web]
source = "web.wasm"
files = [{ source = "assets", destination = "/" }]
[component.web.profile.debug]
source = "assets/big.txt"
[component.remote]
source = { url = "https://example.test/remote.wasm", digest = "${digest}" }
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spin-manifest-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "spin.toml"), manifest);
  await writeFile(join(folder, "web.wasm"), "\0asm");
  await writeFile(join(folder, "assets/tiny.txt"), "hi");
  await writeFile(join(folder, "assets/big.txt"), big);
  await writeFile(
    join(folder, "old.toml"),
    'spin_version = "1"\nname = "old"\ntrigger = { type = "http" }\n',
  );
  await writeFile(
    join(folder, "broken.toml"),
    manifest.replace('"web"\n', '"wbe"\n').replace("/...", "/a//b").replace('"web.wasm"', '""'),
  );
  await writeFile(
    join(folder, "package.toml"),
    manifest.replace('"web.wasm"', '{ package = "a:b", version = "1.0.0" }'),
  );
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("lock", () => {
  test("prints the locked application: small content inline, the rest by digest, nothing fetched", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["lock", folder]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout).components).toEqual([
      {
        id: "web",
        source: { content_type: "application/wasm", inline: "AGFzbQ", digest: digestOf("\0asm") },
        files: [
          { digest: digestOf(big), path: "big.txt" },
          { inline: "aGk", digest: digestOf("hi"), path: "tiny.txt" },
        ],
      },
      { id: "remote", source: { content_type: "application/wasm", digest } },
    ]);
  });

  test("takes a profile, and refuses one that is not there", async () => {
    const { stdout } = await pulumiSpin(["lock", folder, "--profile", "debug"]);
    const locked = JSON.parse(stdout);
    expect(locked.metadata.profile).toBe("debug");
    expect(locked.components[0].source.digest).toBe(digestOf(big));
    const { exitCode, stderr } = await pulumiSpin(["lock", folder, "--profile", "dbug"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Did you mean "debug"?');
  });

  test("takes a bare binary", async () => {
    const { stdout } = await pulumiSpin(["lock", join(folder, "web.wasm")]);
    expect(JSON.parse(stdout)).toMatchObject({
      metadata: { name: "web" },
      components: [{ id: "http-trigger1-component" }],
    });
  });

  test.each([
    ["lost.toml", /cannot be read.*ERR_SPIN_MANIFEST_FILE/s],
    ["package.toml", /package a:b, version 1\.0\.0.*ERR_SPIN_COMPONENT_PACKAGE/s],
    ["broken.toml", /has 2 problems:\n.*broken\.toml:6:1: The trigger .*\n.*broken\.toml:8:1: The source /],
  ])("%s fails with its code and says why", async (file, expected) => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["lock", join(folder, file)]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(expected);
  });

  test("with json, a failure is one JSON value", async () => {
    const { exitCode, stdout } = await pulumiSpin(["lock", join(folder, "lost.toml"), "--format", "json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "ERR_SPIN_MANIFEST_FILE" } });
  });
});

describe("synth", () => {
  test("prints version 1 as version 2, and its own output again unchanged", async () => {
    const { exitCode, stdout } = await pulumiSpin(["synth", join(folder, "old.toml")]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^#:schema https:.*\nspin_manifest_version = 2\n/);
    await writeFile(join(folder, "new.toml"), stdout);
    expect((await pulumiSpin(["synth", join(folder, "new.toml")])).stdout).toBe(stdout);
  });
});
