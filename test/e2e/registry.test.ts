/** Against the real docker-registry, with oras and skopeo as judges. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { descriptorOf, mediaTypes, parseReference, writeImageManifest } from "../../model/artifact/index.ts";
import { RegistryClient, type RegistryOptions } from "../../registry/client/index.ts";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { debianTool, type ToolName } from "../../scripts/debian/tools.ts";
import { pulumiSpin } from "../cli/pulumi-spin.ts";
import { ServedApp } from "../cli/served-app.ts";
import { rejected } from "../support/caught.ts";
import {
  type DockerRegistry,
  makeCertificates,
  makeTokenCertificate,
  startDockerRegistry,
} from "../../scripts/debian/docker-registry.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { collected, sourceOf } from "../support/registry-client.ts";
import { startTokenServer, type TokenServer } from "../support/token-server.ts";

jest.setTimeout(300_000);

let folder: string;
let plain: DockerRegistry;
let digest = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-e2e-registry-"));
  await makeApp(join(folder, "app"));
  // skopeo copies nothing without a policy.
  await mkdir(join(folder, ".config/containers"), { recursive: true });
  const policy = { default: [{ type: "insecureAcceptAnything" }] };
  await writeFile(join(folder, ".config/containers/policy.json"), JSON.stringify(policy));
  plain = await startDockerRegistry();
  const pushed = await run(
    "push",
    "-f",
    join(folder, "app"),
    `${plain.host}/acme/shop:1`,
    "--format",
    "json",
  );
  expect(pushed).toMatchObject({ exitCode: 0 });
  ({ digest } = JSON.parse(pushed.stdout) as { digest: string });
});
afterAll(async () => {
  await plain.stop();
  await rm(folder, { recursive: true, force: true });
});

const stats = join(checkout, "examples/quickstart/components/stats/stats.wasm");

/** A real component and some files, laid out with or without a detour. */
async function makeApp(app: string, { isShuffled = false } = {}): Promise<void> {
  await mkdir(join(app, "static/deep"), { recursive: true });
  await copyFile(stats, join(app, "stats.wasm"));
  const files = ["index.html", "deep/é.txt", "deep/b.txt", "tiny"];
  for (const file of isShuffled ? files.toReversed() : files)
    await writeFile(join(app, "static", file), file === "tiny" ? "" : file.repeat(100));
  const keys = ['source = "stats.wasm"', 'files = [{ source = "static", destination = "/" }]'];
  await writeFile(
    join(app, "spin.toml"),
    `spin_manifest_version = 2
[application]
${isShuffled ? 'version = "1.0.0"\nname = "shop"' : 'name = "shop"\nversion = "1.0.0"'}
[[trigger.http]]
route = "/..."
component = "shop"
[component.shop]
${(isShuffled ? keys.toReversed() : keys).join("\n")}
`,
  );
}

const run = (...words: string[]): ReturnType<typeof pulumiSpin> =>
  pulumiSpin(words, { environment: { HOME: folder, XDG_CACHE_HOME: join(folder, "cache") } });

async function tool(name: ToolName, ...args: string[]): Promise<string> {
  const { path, env } = await debianTool(name);
  const { stdout } = await execa(path, args, { env: { ...env, HOME: folder, COSIGN_PASSWORD: "" } });
  return stdout;
}

function repository(host: string, name: string, options: RegistryOptions = {}) {
  const client = new RegistryClient({ credential: async () => undefined, ...options });
  return client.repository(parseReference(`${host}/${name}`), "delete");
}

describe("an artifact", () => {
  test("has one digest in another folder, in another order, for another registry", async () => {
    await makeApp(join(folder, "elsewhere/again"), { isShuffled: true });
    const words = [
      "push",
      "-f",
      join(folder, "elsewhere/again"),
      `${plain.host}/other/shop:2`,
      "--format",
      "json",
    ];
    expect(JSON.parse((await run(...words)).stdout)).toMatchObject({ digest });
  });

  test("is what oras resolves and copies, byte for byte", async () => {
    expect(await tool("oras", "resolve", "--plain-http", `${plain.host}/acme/shop:1`)).toBe(digest);
    const layout = join(folder, "layout");
    await tool(
      "oras",
      "cp",
      "--from-plain-http",
      "--to-oci-layout",
      `${plain.host}/acme/shop:1`,
      `${layout}:1`,
    );
    const blobs = await readdir(join(layout, "blobs/sha256"));
    expect(blobs).toContain(digest.slice(7));
    // Back under another name, and what we then read is what we pushed.
    await tool(
      "oras",
      "cp",
      "--from-oci-layout",
      "--to-plain-http",
      `${layout}:1`,
      `${plain.host}/from/oras:1`,
    );
    expect(
      JSON.parse((await run("pull", `${plain.host}/from/oras:1`, "--format", "json")).stdout),
    ).toMatchObject({ digest });
    const cached = await readdir(join(folder, "cache/pulumi-spin/content/sha256"));
    expect(cached.sort()).toEqual(blobs.sort());
  });

  test("is an image to skopeo, with Spin's architecture and label, and keeps its digest in its copies", async () => {
    const inspected = await tool(
      "skopeo",
      "inspect",
      "--tls-verify=false",
      `docker://${plain.host}/acme/shop:1`,
    );
    expect(JSON.parse(inspected)).toMatchObject({
      Digest: digest,
      Architecture: "wasm",
      Os: "Wasip1",
      Labels: { "com.fermyon.spin.lockedAppDigest": expect.stringMatching(/^sha256:/) },
    });
    const flags = ["--src-tls-verify=false", "--dest-tls-verify=false", "--preserve-digests"];
    await tool(
      "skopeo",
      "copy",
      ...flags,
      `docker://${plain.host}/acme/shop:1`,
      `docker://${plain.host}/from/skopeo:1`,
    );
    expect((await repository(plain.host, "from/skopeo").resolve("1"))?.digest).toBe(digest);
  });

  test("goes to another registry with what oras attached to it", async () => {
    const note = join(folder, "note.txt");
    await writeFile(note, "looked at");
    const attach = ["attach", "--plain-http", "--disable-path-validation", "--artifact-type", "text/review"];
    await tool("oras", ...attach, `${plain.host}/acme/shop@${digest}`, `${note}:text/plain`);
    const other = await startDockerRegistry();
    try {
      const copied = await run(
        "copy",
        `${plain.host}/acme/shop@${digest}`,
        `${other.host}/prod/shop:live`,
        "--format",
        "json",
      );
      expect(JSON.parse(copied.stdout)).toMatchObject({ digest, referrers: 1 });
      const listed = await tool(
        "oras",
        "discover",
        "--plain-http",
        "-o",
        "json",
        `${other.host}/prod/shop:live`,
      );
      expect(JSON.parse(listed)).toMatchObject({ manifests: [{ artifactType: "text/review" }] });
    } finally {
      await other.stop();
    }
  });

  test("that cosign signed is still signed where it is copied to", async () => {
    const { host } = plain;
    const cosign = (...args: string[]): Promise<string> => tool("cosign", ...args);
    await cosign("generate-key-pair", "--output-key-prefix", join(folder, "key"));
    const key = (part: string): string[] => ["--key", join(folder, `key.${part}`), "--allow-http-registry"];
    await cosign("sign", "--yes", ...key("key"), "--tlog-upload=false", `${host}/acme/shop@${digest}`);
    const verify = ["verify", ...key("pub"), "--insecure-ignore-tlog=true"];
    expect(await cosign(...verify, `${host}/acme/shop@${digest}`)).toContain(digest);
    const copied = await run(
      "copy",
      `${host}/acme/shop@${digest}`,
      `${host}/signed/shop:live`,
      "--format",
      "json",
    );
    expect(JSON.parse(copied.stdout)).toMatchObject({ digest });
    expect(await cosign(...verify, `${host}/signed/shop:live`)).toContain(digest);
  });

  test("and its tags can be listed, attached to, and deleted", async () => {
    const { host } = plain;
    const shop = repository(host, "tags/shop");
    const empty = Buffer.from("{}");
    const config = descriptorOf(mediaTypes.empty, empty);
    await shop.pushBlob(config, sourceOf(empty));
    const manifests = ["1", "2", "3"].map((text) =>
      writeImageManifest({ config, layers: [config], annotations: { text } }),
    );
    for (const [index, manifest] of manifests.entries()) await shop.putManifest(`git-${index}`, manifest);
    expect((await shop.tags()).sort()).toEqual(["git-0", "git-1", "git-2"]);
    const subject = {
      mediaType: mediaTypes.imageManifest,
      digest: manifests[2]!.digest,
      size: manifests[2]!.bytes.length,
    };
    await shop.putReferrer(
      writeImageManifest({ artifactType: "text/x", config, layers: [config], subject, annotations: {} }),
    );
    const discovered = await tool(
      "oras",
      "discover",
      "--plain-http",
      "-o",
      "json",
      `${host}/tags/shop@${subject.digest}`,
    );
    expect(JSON.parse(discovered)).toMatchObject({ manifests: [{ artifactType: "text/x" }] });
    const gone = await shop.retain({ isOwned: (tag) => tag.startsWith("git-"), keep: ["git-2"] });
    expect(gone).toEqual([manifests[0]!.digest, manifests[1]!.digest].sort());
    expect((await shop.tags()).filter((tag) => tag.startsWith("git-"))).toEqual(["git-2"]);
  });

  test("can be read in parts", async () => {
    const bytes = await readFile(stats);
    const part = await repository(plain.host, "acme/shop").blobRange(descriptorOf("x", bytes), 1000, 50);
    expect(part).toEqual(bytes.subarray(1000, 1050));
  });
});

describe("uploads", () => {
  const bytes = Buffer.alloc(3_000_000, "0123456789abcdef");

  test("in parts arrive whole, and oras reads them", async () => {
    const shop = repository(plain.host, "chunked/shop", { chunkBytes: 1_000_000 });
    const blob = descriptorOf("x", bytes);
    expect(await shop.pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    const file = join(folder, "fetched");
    await tool(
      "oras",
      "blob",
      "fetch",
      "--plain-http",
      "--output",
      file,
      `${plain.host}/chunked/shop@${blob.digest}`,
    );
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  test("of what another repository has are mounted", async () => {
    const blob = descriptorOf("x", bytes);
    const there = repository(plain.host, "mounted/shop");
    expect(await there.pushBlob(blob, sourceOf(bytes), { mountFrom: "chunked/shop" })).toBe("mounted");
    expect(await there.pushBlob(blob, sourceOf(bytes))).toBe("exists");
  });

  test("of other bytes than the digest's are refused by the registry", async () => {
    const other = Buffer.alloc(100, 1);
    const error = await rejected(
      repository(plain.host, "wrong/shop").pushBlob(descriptorOf("x", other), sourceOf(Buffer.alloc(100, 2))),
    );
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
  });
});

const me = { kind: "basic", username: "me", password: "s3cret" } as const;

describe("a registry with passwords", () => {
  let registry: DockerRegistry;
  beforeAll(async () => (registry = await startDockerRegistry({ isBasic: true })));
  afterAll(() => registry.stop());

  test("takes a login of ours, which oras and skopeo then use; and we use theirs", async () => {
    const environment = { HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
    const login = await pulumiSpin(["login", registry.host, "-u", "me"], { input: "s3cret\n", environment });
    expect(login).toMatchObject({ exitCode: 0 });
    expect(await run("push", "-f", join(folder, "app"), `${registry.host}/acme/shop:1`)).toMatchObject({
      exitCode: 0,
    });
    expect(await tool("oras", "resolve", "--plain-http", `${registry.host}/acme/shop:1`)).toBe(digest);
    const docker = join(folder, ".docker/config.json");
    const inspected = await tool(
      "skopeo",
      "inspect",
      "--tls-verify=false",
      "--authfile",
      docker,
      `docker://${registry.host}/acme/shop:1`,
    );
    expect(JSON.parse(inspected)).toMatchObject({ Digest: digest });
    await run("logout", registry.host);
    expect((await run("pull", `${registry.host}/acme/shop:1`)).stderr).toContain(
      "ERR_SPIN_REGISTRY_UNAUTHORIZED",
    );
    await tool("oras", "login", "--plain-http", "-u", "me", "-p", "s3cret", registry.host);
    expect(await run("pull", `${registry.host}/acme/shop:1`)).toMatchObject({ exitCode: 0 });
  });
});

describe("a registry with tokens", () => {
  let registry: DockerRegistry;
  let tokens: TokenServer;
  beforeAll(async () => {
    const port = await freePort();
    const certificate = await makeTokenCertificate(folder);
    tokens = await startTokenServer({ ...certificate, port });
    registry = await startDockerRegistry({
      token: { realm: tokens.realm, certificateFile: certificate.certificateFile },
    });
  });
  afterAll(async () => {
    await registry.stop();
    await tokens.stop();
  });

  test("is asked for one token a push, and for both repositories in one for a mount", async () => {
    const bytes = Buffer.alloc(5000, 7);
    const blob = descriptorOf("x", bytes);
    const options = { credential: async () => me };
    const client = new RegistryClient(options);
    const [one, two] = ["one/shop", "two/shop"].map((name) =>
      client.repository(parseReference(`${registry.host}/${name}`), "push"),
    );
    expect(await one!.pushBlob(blob, sourceOf(bytes))).toBe("uploaded");
    expect(tokens.asked).toEqual([["repository:one/shop:pull,push"]]);
    expect(await two!.pushBlob(blob, sourceOf(bytes), { mountFrom: "one/shop" })).toBe("mounted");
    expect(tokens.asked.at(-1)).toEqual(["repository:one/shop:pull", "repository:two/shop:pull,push"]);
    await client.close();
  });

  test("lets everybody pull, and says who may not push", async () => {
    const blob = descriptorOf("x", Buffer.alloc(5000, 7));
    const anonymous = repository(registry.host, "one/shop", { retry: { attempts: 1 } });
    expect((await collected(anonymous.verifiedBlob(blob))).length).toBe(5000);
    const other = Buffer.from("other");
    const error = await rejected(anonymous.pushBlob(descriptorOf("x", other), sourceOf(other)));
    expect(["ERR_SPIN_REGISTRY_DENIED", "ERR_SPIN_REGISTRY_UNAUTHORIZED"]).toContain(error.code);
  });
});

describe("a registry with a certificate of one's own", () => {
  let registry: DockerRegistry;
  let caFile: string;
  beforeAll(async () => {
    const made = await makeCertificates(folder);
    ({ caFile } = made);
    registry = await startDockerRegistry({ tls: made });
  });
  afterAll(() => registry.stop());

  test("is trusted with --ca-file", async () => {
    const words = ["push", "-f", join(folder, "app"), `${registry.host}/acme/shop:1`, "--ca-file", caFile];
    expect(await run(...words)).toMatchObject({ exitCode: 0 });
    expect(await tool("oras", "resolve", "--ca-file", caFile, `${registry.host}/acme/shop:1`)).toBe(digest);
  });

  test("is not trusted without, and is told from one without TLS", async () => {
    const strict = repository(registry.host, "acme/shop", { insecure: false });
    const error = await rejected(strict.resolve("1"));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_TLS");
    expect(error.message).toContain("is not trusted");
    const none = await rejected(repository(plain.host, "acme/shop", { insecure: false }).resolve("1"));
    expect(none.code).toBe("ERR_SPIN_REGISTRY_TLS");
    expect(none.message).toContain("does not speak TLS");
  });
});

test("what was pushed runs by its digest, pulled and verified", async () => {
  const app = join(folder, "small");
  await mkdir(app);
  await copyFile(stats, join(app, "stats.wasm"));
  const text = `spin_manifest_version = 2
[application]
name = "small"
[[trigger.http]]
route = "/..."
component = "stats"
[component.stats]
source = "stats.wasm"
key_value_stores = ["default"]
`;
  await writeFile(join(app, "spin.toml"), text);
  const pushed = await run("push", "-f", app, `${plain.host}/acme/small:1`, "--format", "json");
  const { digest: small } = JSON.parse(pushed.stdout) as { digest: string };
  const environment = { HOME: folder, XDG_CACHE_HOME: join(folder, "another-cache") };
  const served = new ServedApp([`${plain.host}/acme/small@${small}`, "--format", "json"], environment);
  try {
    const { base_url: url } = await served.started();
    expect(await (await fetch(`${url}/x`)).json()).toMatchObject({ language: "Rust", visits: 0 });
  } finally {
    expect(await served.end()).toBe(0);
  }
});
