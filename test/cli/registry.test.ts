import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { showProgress } from "../../cli/registry/show-progress.ts";
import { descriptorOf, mediaTypes } from "../../model/artifact/index.ts";
import { FakeRegistry, fail } from "../support/fake-registry.ts";
import { type Outcome, pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

let registry: FakeRegistry;
let folder: string;

beforeEach(async () => {
  registry = await new FakeRegistry().start();
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-cli-"));
  await mkdir(join(folder, "app/static"), { recursive: true });
  await writeFile(
    join(folder, "app/a.wasm"),
    Buffer.concat([Buffer.from("\0asm\x0d\0\x01\0", "latin1"), Buffer.alloc(500)]),
  );
  await writeFile(join(folder, "app/static/index.html"), "x".repeat(200));
  await writeFile(
    join(folder, "app/spin.toml"),
    `spin_manifest_version = 2
[application]
name = "shop"
version = "1.0.0"
[[trigger.http]]
route = "/..."
component = "a"
[component.a]
source = "a.wasm"
files = [{ source = "static", destination = "/" }]
`,
  );
});
afterEach(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (words: string[], input = ""): Promise<Outcome> =>
  pulumiSpin(words, { input, environment: { HOME: folder, XDG_CACHE_HOME: join(folder, "cache") } });
const push = (...words: string[]): Promise<Outcome> =>
  run(["push", "-f", join(folder, "app"), `${registry.host}/acme/shop:1`, ...words]);

test("push, pull and copy give one digest, and say so in JSON", async () => {
  const pushed = await push("--format", "json", "--tag", "latest", "--annotation", "team=web");
  expect(pushed).toMatchObject({ exitCode: 0 });
  const { reference, digest, size, tags, uploadedBytes } = JSON.parse(pushed.stdout) as Record<
    string,
    unknown
  >;
  expect({ reference, tags }).toEqual({
    reference: `${registry.host}/acme/shop@${String(digest)}`,
    tags: ["1", "latest"],
  });
  expect(uploadedBytes).toBeLessThan(Number(size));
  expect(pushed.stderr).toMatch(/^pushed: wasm [0-9a-f]{12} \(508 B\)$/m);
  expect(pushed.stderr).toMatch(/^pushed: file [0-9a-f]{12} \(200 B\)$/m);
  const pulled = await run(["pull", String(reference), "--format", "json"]);
  expect(JSON.parse(pulled.stdout)).toEqual({ reference, digest, size, fetchedBytes: uploadedBytes });
  const again = await run(["pull", `${registry.host}/acme/shop`]);
  expect(again.stdout).toBe(`pulled ${String(reference)} (2.2 kB)\n`);
  const copied = await run([
    "copy",
    String(reference),
    `${registry.host}/prod/shop:live`,
    "--format",
    "json",
  ]);
  expect(JSON.parse(copied.stdout)).toMatchObject({ digest, size, referrers: 0 });
  expect(registry.tags.get("prod/shop:live")).toBe(digest);
});

test("more files than layers travel as one archive, made anew for each part that is sent", async () => {
  for (let index = 0; index < 600; index++)
    await writeFile(join(folder, "app/static", `${index}`), `${index}`.repeat(100));
  const pushed = await push("--format", "json");
  expect(pushed).toMatchObject({ exitCode: 0 });
  expect(
    pushed.stderr
      .match(/^pushed: .*$/gm)
      ?.map((line) => line.split(" ")[1])
      .sort(),
  ).toEqual(["app", "archive", "config", "wasm"]);
  const { digest } = JSON.parse(pushed.stdout) as { digest: string };
  expect(await run(["pull", `${registry.host}/acme/shop@${digest}`])).toMatchObject({ exitCode: 0 });
});

test("review holds what is pushed against what is to be, and against what was pushed later", async () => {
  await push();
  const manifest = join(folder, "app/spin.toml");
  await writeFile(manifest, `${await readFile(manifest, "utf8")}key_value_stores = ["default"]\n`);
  const pushed = `${registry.host}/acme/shop:1`;
  const added = [{ change: "added", component: "a", kind: "key-value-store", after: ["default"] }];
  const unpushed = await run(["review", pushed, manifest, "--format", "json"]);
  expect(JSON.parse(unpushed.stdout)).toMatchObject(added);
  const later = `${registry.host}/acme/shop:2`;
  await run(["push", "-f", join(folder, "app"), later]);
  const both = await run(["review", pushed, later, "--fail-on", "low", "--format", "json"]);
  expect(both.exitCode).toBe(1);
  expect(JSON.parse(both.stdout)).toMatchObject(added);
  expect(await run(["review", later, manifest, "--fail-on", "low"])).toMatchObject({ exitCode: 0 });
});

test("a push without anything new says what is there", async () => {
  const first = await push();
  expect(await push()).toEqual({ exitCode: 0, stdout: first.stdout, stderr: "" });
});

test.each([
  [["push", "-f", "nowhere", "a.io/b"], 1, /nowhere cannot be read/],
  [["push", "A.io/B:x"], 1, /expected lower case/],
  [["push", "a.io/b:x", "--annotation", "x"], 2, /--annotation is KEY=VALUE/],
  [["pull", "a.io/b:x", "--ca-file", "nowhere"], 1, /nowhere cannot be read.*BEGIN CERTIFICATE/s],
  [["login", "a b"], 1, /"a b" is no registry/],
  [["login", "a.io"], 2, /-u USER is missing/],
  [["login", "a.io", "-u", "me", "--password-stdin"], 2, /The user or the password is empty/],
])("%j ends with %d", async (words, exitCode, problem) => {
  const outcome = await run(words);
  expect(outcome).toMatchObject({ exitCode, stdout: "" });
  expect(outcome.stderr).toMatch(problem);
});

test("a digest in the reference is a promise that is kept", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const outcome = await run(["push", "-f", join(folder, "app"), `${registry.host}/acme/shop@${digest}`]);
  expect(outcome).toMatchObject({ exitCode: 1 });
  expect(outcome.stderr).toContain(`The reference says ${digest}, and the sources give sha256:`);
  expect(registry.seen).toEqual([]);
});

describe("login", () => {
  beforeEach(() => {
    registry.behaviour.hook = ({ headers }, response) => {
      if (headers.authorization === `Basic ${Buffer.from("me:s3cret").toString("base64")}`) return false;
      fail(response, 401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="x"' });
      return true;
    };
  });

  test("keeps what the registry takes, for push to find, until logout", async () => {
    const login = await run(["login", registry.host, "-u", "me", "--password-stdin"], "s3cret\n");
    expect(login).toMatchObject({ exitCode: 0, stderr: "" });
    expect(login.stdout).toMatch(/^Logged in to .*not encrypted/);
    expect(login.stdout).not.toContain("s3cret");
    const config = JSON.parse(await readFile(join(folder, ".docker/config.json"), "utf8")) as object;
    expect(config).toEqual({ auths: { [registry.host]: { auth: "bWU6czNjcmV0" } } });
    expect(await push()).toMatchObject({ exitCode: 0 });
    expect(await run(["logout", registry.host])).toMatchObject({ exitCode: 0 });
    const refused = await push();
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toMatch(/wants credentials, and there are none.*pulumi-spin login/s);
  });

  test("keeps nothing that the registry does not take", async () => {
    const login = await run(["login", registry.host, "-u", "me", "--password-stdin"], "wrong");
    expect(login).toMatchObject({ exitCode: 1 });
    await expect(readFile(join(folder, ".docker/config.json"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("progress", () => {
  const descriptor = descriptorOf(mediaTypes.spinWasm, Buffer.alloc(2_000_000));

  test("on a terminal is a bar that is drawn over", () => {
    let written = "";
    const view = showProgress("pushed", { isTTY: true, columns: 80, write: (text) => (written += text) });
    view.onProgress({ descriptor, state: "started", doneBytes: 0 });
    view.onProgress({ descriptor, state: "done", doneBytes: descriptor.size });
    view.done();
    expect(written).toContain("2.0 MB  ░░░░");
    expect(written).toContain("\u001B[1A");
    expect(written.trimEnd()).toMatch(/wasm [0-9a-f]{12} +2\.0 MB {2}pushed$/);
  });

  test("with more layers than lines counts the others", () => {
    let written = "";
    const view = showProgress("pushed", { isTTY: true, columns: 80, write: (text) => (written += text) });
    for (let index = 0; index < 20; index++)
      view.onProgress({
        descriptor: descriptorOf(mediaTypes.spinData, Buffer.from(`${index}`)),
        state: "exists",
        doneBytes: 1,
      });
    expect(written).toContain("8 more layers");
  });
});
