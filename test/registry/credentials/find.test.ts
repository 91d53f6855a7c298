import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eraseCredential, findCredential, storeCredential } from "../../../registry/credentials/index.ts";
import { rejected } from "../../support/caught.ts";

let home: string;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "pulumi-spin-home-"));
  environment = { HOME: home, PATH: `${home}/bin:${process.env["PATH"]}` };
});
afterEach(() => rm(home, { recursive: true, force: true }));

const encode = (text: string): string => Buffer.from(text).toString("base64");
const me = { kind: "basic", username: "me", password: "p:w" };
const find = async (registry: string): Promise<unknown> =>
  (await findCredential(registry, environment))?.credential;

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), typeof content === "string" ? content : JSON.stringify(content));
}

/** A helper that keeps its record in a file, and what it was told in another. */
async function helper(name: string, answer: string, exitCode = 0): Promise<void> {
  await write(
    `bin/docker-credential-${name}`,
    `#!/bin/sh\necho "$1 $(cat)" >> "${home}/told"\nprintf '%s' '${answer}'\nexit ${exitCode}\n`,
  );
  await chmod(join(home, `bin/docker-credential-${name}`), 0o755);
}

describe("findCredential", () => {
  test("finds none where nothing is kept", async () => {
    expect(await find("ghcr.io")).toBeUndefined();
  });

  test.each([
    [{ auth: encode("me:p:w") }, me],
    [{ username: "me", password: "p:w" }, me],
    [
      { auth: encode("00000000-0000-0000-0000-000000000000:"), identitytoken: "t" },
      { kind: "identity", token: "t" },
    ],
    [{ registrytoken: "t" }, { kind: "bearer", token: "t" }],
    [{}, undefined],
  ])("reads %j of Docker's config", async (auth, expected) => {
    await write(".docker/config.json", { auths: { "ghcr.io": auth } });
    expect(await find("ghcr.io")).toEqual(expected);
  });

  test.each(["https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io"])(
    "knows Docker Hub as %s",
    async (key) => {
      await write(".docker/config.json", { auths: { [key]: { auth: encode("me:p:w") } } });
      expect(await find("docker.io")).toEqual(me);
    },
  );

  test.each(["evil-ghcr.io", "ghcr.io.evil.com", "ghcr.io:8080", "https://evil.com/ghcr.io"])(
    "does not take the credentials of %s for those of ghcr.io",
    async (key) => {
      await write(".docker/config.json", { auths: { [key]: { auth: encode("me:p:w") } } });
      expect(await find("ghcr.io")).toBeUndefined();
    },
  );

  test("asks the registry's own helper before the store, and the store before the file", async () => {
    await helper("own", '{"Username":"own","Secret":"1"}');
    await helper("store", '{"Username":"store","Secret":"2"}');
    await write(".docker/config.json", {
      credHelpers: { "ghcr.io": "own" },
      credsStore: "store",
      auths: { "quay.io": { auth: encode("file:3") } },
    });
    expect(await find("ghcr.io")).toMatchObject({ username: "own" });
    expect(await find("quay.io")).toMatchObject({ username: "store" });
    expect(await readFile(join(home, "told"), "utf8")).toBe("get ghcr.io\nget quay.io\n");
  });

  test("takes a refresh token from a helper, and goes on when a helper has none", async () => {
    await helper("token", '{"Username":"<token>","Secret":"t"}');
    await helper("none", "credentials not found in native keychain", 1);
    await write(".docker/config.json", {
      credHelpers: { "a.io": "token", "b.io": "none" },
      auths: { "b.io": { auth: encode("me:p:w") } },
    });
    expect(await find("a.io")).toEqual({ kind: "identity", token: "t" });
    expect(await find("b.io")).toEqual(me);
  });

  test.each([
    ["fails", "s3cret", 1, "ended with exit code 1"],
    ["mumbles", "s3cret", 0, "printed no JSON"],
  ])("says when a helper %s, without repeating what it printed", async (name, answer, exitCode, problem) => {
    await helper(name, answer, exitCode);
    await write(".docker/config.json", { credsStore: name });
    const error = await rejected(findCredential("ghcr.io", environment));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_CREDENTIALS");
    expect(error.message).toContain(problem);
    expect(error.message).not.toContain("s3cret");
  });

  test.each([
    ["missing-helper", "cannot be started"],
    ["../../bin/sh", "is no name of a helper"],
  ])("does not start %s", async (name, problem) => {
    await write(".docker/config.json", { credsStore: name });
    expect((await rejected(findCredential("ghcr.io", environment))).message).toContain(problem);
  });

  test.each([
    ["{", "is no JSON object"],
    ["[]", "is no JSON object"],
    ['{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}}}', "expected user:password in base64"],
  ])("says that %s makes no sense", async (text, problem) => {
    await write(".docker/config.json", text);
    const error = await rejected(findCredential("ghcr.io", environment));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_CREDENTIALS");
    expect(error.message).toContain(problem);
    expect(error.message).not.toContain("c2VjcmV0");
  });

  test("looks at the environment first, for one registry where that is said", async () => {
    await write(".docker/config.json", { auths: { "ghcr.io": { auth: encode("file:1") } } });
    Object.assign(environment, {
      SPIN_REGISTRY_USERNAME: "ci",
      SPIN_REGISTRY_PASSWORD: "2",
      SPIN_REGISTRY: "ghcr.io",
    });
    expect(await find("ghcr.io")).toMatchObject({ username: "ci" });
    expect(await find("quay.io")).toBeUndefined();
    delete environment["SPIN_REGISTRY"];
    expect(await find("quay.io")).toMatchObject({ username: "ci" });
    delete environment["SPIN_REGISTRY_PASSWORD"];
    expect((await rejected(findCredential("quay.io", environment))).message).toContain(
      "SPIN_REGISTRY_PASSWORD is not",
    );
  });

  test("looks at REGISTRY_AUTH_FILE before Docker's config, at DOCKER_CONFIG instead of it, and at Spin's file last", async () => {
    await write("elsewhere/config.json", { auths: { "ghcr.io": { auth: encode("elsewhere:1") } } });
    await write(".config/fermyon/registry-auth.json", { auths: { "ghcr.io": encode("spin:1") } });
    expect(await find("ghcr.io")).toMatchObject({ username: "spin" });
    environment["DOCKER_CONFIG"] = join(home, "elsewhere");
    expect(await find("ghcr.io")).toMatchObject({ username: "elsewhere" });
    await write("auth.json", { auths: { "ghcr.io": { auth: encode("podman:1") } } });
    environment["REGISTRY_AUTH_FILE"] = join(home, "auth.json");
    expect(await find("ghcr.io")).toMatchObject({ username: "podman" });
  });
});

describe("storeCredential and eraseCredential", () => {
  const login = { username: "me", password: "p:w" };
  const file = (): string => join(home, ".docker/config.json");

  test("write what Docker reads, for the owner alone, and keep all else", async () => {
    await write(".docker/config.json", {
      auths: { "https://ghcr.io/v1/": {}, "quay.io": { auth: "x" } },
      proxies: { a: 1 },
    });
    expect(await storeCredential("ghcr.io", login, environment)).toEqual({ place: file(), isPlain: true });
    expect(JSON.parse(await readFile(file(), "utf8"))).toEqual({
      auths: { "quay.io": { auth: "x" }, "ghcr.io": { auth: encode("me:p:w") } },
      proxies: { a: 1 },
    });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await find("ghcr.io")).toEqual(me);
    expect(await eraseCredential("ghcr.io", environment)).toBe(true);
    expect(await eraseCredential("ghcr.io", environment)).toBe(false);
    expect(await find("ghcr.io")).toBeUndefined();
  });

  test("make the folder, call Docker Hub by its old name, and leave a link a link", async () => {
    await storeCredential("docker.io", login, environment);
    expect(await readFile(file(), "utf8")).toContain('"https://index.docker.io/v1/"');
    await write("real.json", "{}");
    await rm(file());
    await symlink(join(home, "real.json"), file());
    await storeCredential("ghcr.io", login, environment);
    expect(await readFile(join(home, "real.json"), "utf8")).toContain("ghcr.io");
  });

  test("give it to a helper where there is one, and nothing of it to the file", async () => {
    await helper("store", "");
    await write(".docker/config.json", { credsStore: "store" });
    const stored = await storeCredential("ghcr.io", login, environment);
    expect(stored).toEqual({ place: "docker-credential-store", isPlain: false });
    expect(await readFile(file(), "utf8")).not.toMatch(/p:w|cDp3|bWU6/);
    await eraseCredential("ghcr.io", environment);
    expect(await readFile(join(home, "told"), "utf8")).toBe(
      'store {"ServerURL":"ghcr.io","Username":"me","Secret":"p:w"}\nerase ghcr.io\n',
    );
  });
});
