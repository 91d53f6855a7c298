/** What each registry documents of its challenges, held against one server of tokens. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { descriptorOf } from "../../../model/artifact/index.ts";
import type { Credential } from "../../../registry/credentials/index.ts";
import { rejected } from "../../support/caught.ts";
import { FakeRegistry, fail } from "../../support/fake-registry.ts";
import { repositoryOf, sourceOf } from "../../support/registry-client.ts";

interface TokenCall {
  method: string;
  authorization: string | undefined;
  parameters: URLSearchParams;
}

const basic: Credential = { kind: "basic", username: "me", password: "s3cret" };
const bytes = Buffer.from("some bytes");
const blob = descriptorOf("x", bytes);

let registry: FakeRegistry;
let tokenServer: Server;
let calls: TokenCall[];
let answer: (call: TokenCall) => { status?: number; body: unknown };

beforeEach(async () => {
  registry = await new FakeRegistry().start();
  registry.blobs.set(blob.digest, bytes);
  calls = [];
  answer = ({ parameters }) => ({ body: { token: tokenFor(parameters), expires_in: 300 } });
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const query = new URL(request.url ?? "", "http://x").search;
    const parameters = new URLSearchParams(
      request.method === "POST" ? Buffer.concat(chunks).toString() : query,
    );
    const call = { method: request.method ?? "", authorization: request.headers.authorization, parameters };
    calls.push(call);
    const { status = 200, body } = answer(call);
    response.writeHead(status).end(JSON.stringify(body));
  };
  tokenServer = createServer((request, response) => void take(request, response));
  await new Promise<void>((done) => tokenServer.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  await registry.stop();
  tokenServer.closeAllConnections();
  await new Promise((done) => tokenServer.close(done));
});

/** The token says what it allows, so that the registry can judge it; no two are the same. */
function tokenFor(parameters: URLSearchParams): string {
  const scopes = parameters.getAll("scope").flatMap((it) => it.split(" "));
  return Buffer.from([...scopes, `token-${calls.length}`].join(" ")).toString("base64url");
}

const realm = (): string => `http://127.0.0.1:${(tokenServer.address() as AddressInfo).port}/token`;

/** As a registry with tokens answers: 401 with a challenge until the token allows what is asked. */
function wantTokens(service: string, { names = true } = {}): void {
  registry.behaviour.hook = ({ method, url = "", headers }, response) => {
    const actions = method === "GET" || method === "HEAD" ? ["pull"] : ["pull", "push"];
    const name = /^\/v2\/(.+?)\/(?:blobs|manifests)/.exec(url)?.[1] ?? "";
    const mounted = new URL(url, "http://x").searchParams.get("from");
    const needed = [[name, actions] as const, ...(mounted === null ? [] : [[mounted, ["pull"]] as const])];
    const held = Buffer.from(headers.authorization?.replace("Bearer ", "") ?? "", "base64url")
      .toString()
      .split(" ");
    const allows = (repository: string, action: string): boolean =>
      held.some(
        (scope) =>
          scope.startsWith(`repository:${repository}:`) && scope.split(":")[2]?.split(",").includes(action),
      );
    if (needed.every(([repository, list]) => list.every((action) => allows(repository, action))))
      return false;
    const scope = needed.map(([repository, list]) => `repository:${repository}:${list.join(",")}`).join(" ");
    const said = names ? `,scope="${scope}"` : "";
    fail(response, 401, "UNAUTHORIZED", {
      "www-authenticate": `Bearer realm="${realm()}",service="${service}"${said}`,
    });
    return true;
  };
}

const repository = (credential?: Credential, name = "acme/shop") =>
  repositoryOf(registry.host, { name, credential: async () => credential });

describe("a registry with tokens", () => {
  test("gives one to whoever is anonymous, and is asked once for the whole push (Docker Hub, GHCR)", async () => {
    wantTokens("registry.docker.io");
    const it = repository();
    expect(await it.hasBlob(blob.digest)).toBe(true);
    expect(await it.pushBlob(descriptorOf("x", Buffer.from("b")), sourceOf(Buffer.from("b")))).toBe(
      "uploaded",
    );
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ method: "GET", authorization: undefined });
    expect(calls[0]?.parameters.get("service")).toBe("registry.docker.io");
    expect(calls[0]?.parameters.getAll("scope")).toEqual(["repository:acme/shop:pull,push"]);
    // Only the first request was refused.
    expect(registry.seen.filter(({ headers }) => headers.authorization === undefined)).toHaveLength(1);
  });

  test("gets user and password at its token server only (Harbor's robots, GAR's oauth2accesstoken)", async () => {
    wantTokens("harbor-registry");
    await repository({ kind: "basic", username: "robot$acme+ci", password: "p:w" }).hasBlob(blob.digest);
    const sent = calls[0]?.authorization?.replace("Basic ", "") ?? "";
    expect(Buffer.from(sent, "base64").toString()).toBe("robot$acme+ci:p:w");
    expect(registry.seen.map(({ headers }) => headers.authorization?.split(" ")[0])).toEqual([
      undefined,
      "Bearer",
    ]);
  });

  test("gets a refresh token by POST, and calls its own access_token (ACR)", async () => {
    wantTokens("acme.azurecr.io");
    answer = ({ parameters }) => ({ body: { access_token: tokenFor(parameters) } });
    expect(await repository({ kind: "identity", token: "r3fresh" }).hasBlob(blob.digest)).toBe(true);
    expect(calls[0]).toMatchObject({ method: "POST", authorization: undefined });
    expect(Object.fromEntries(calls[0]?.parameters ?? [])).toEqual({
      grant_type: "refresh_token",
      client_id: "pulumi-spin",
      service: "acme.azurecr.io",
      scope: "repository:acme/shop:pull,push",
      refresh_token: "r3fresh",
    });
  });

  test("may name no scope (Artifact Registry)", async () => {
    wantTokens("europe-docker.pkg.dev", { names: false });
    expect(await repository(basic).hasBlob(blob.digest)).toBe(true);
  });

  test("wants both scopes in one token for a mount", async () => {
    wantTokens("x");
    registry.behaviour.hook = ((wanted) => (request, response, it) => {
      if (wanted?.(request, response, it) === true) return true;
      if (request.method !== "HEAD") return false;
      fail(response, 404, "BLOB_UNKNOWN");
      return true;
    })(registry.behaviour.hook);
    expect(await repository().pushBlob(blob, sourceOf(bytes), { mountFrom: "acme/base" })).toBe("mounted");
    expect(calls.at(-1)?.parameters.getAll("scope")).toEqual([
      "repository:acme/base:pull",
      "repository:acme/shop:pull,push",
    ]);
  });

  test("is asked again when a token is no longer taken", async () => {
    wantTokens("x");
    const it = repository();
    await it.hasBlob(blob.digest);
    let isRevoked = true;
    registry.behaviour.hook = ((wanted) => (request, response, own) => {
      if (!isRevoked) return wanted?.(request, response, own);
      isRevoked = false;
      fail(response, 401, "UNAUTHORIZED", { "www-authenticate": `Bearer realm="${realm()}",service="x"` });
      return true;
    })(registry.behaviour.hook);
    expect(await it.hasBlob(blob.digest)).toBe(true);
    expect(calls).toHaveLength(2);
  });

  test("is asked once by requests that come together", async () => {
    wantTokens("x");
    const it = repository();
    await Promise.all([1, 2, 3, 4].map(() => it.hasBlob(blob.digest)));
    expect(calls).toHaveLength(1);
  });

  test.each([
    [401, basic, "does not accept the credentials"],
    [403, basic, "does not accept the credentials"],
    [401, undefined, "wants credentials"],
    [400, { kind: "identity", token: "s3cret" } as const, "does not accept the credentials"],
  ])("that says %d to %j is believed, and no secret is repeated", async (status, credential, problem) => {
    wantTokens("x");
    answer = () => ({ status, body: { details: "s3cret" } });
    const error = await rejected(repository(credential).hasBlob(blob.digest));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNAUTHORIZED");
    expect(error.message).toContain(problem);
    expect(`${error.message} ${error.stack}`).not.toContain("s3cret");
    expect(calls).toHaveLength(1);
  });

  test.each([[{}], [{ token: "two\nlines" }], [{ token: 5 }], ["text"]])(
    "that gives %j gives no token",
    async (body) => {
      wantTokens("x");
      answer = () => ({ body });
      const error = await rejected(repository().hasBlob(blob.digest));
      expect(error.code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
    },
  );

  test("whose token is never enough is not asked for ever", async () => {
    wantTokens("x");
    answer = () => ({ body: { token: "too-little" } });
    const error = await rejected(repository(basic).hasBlob(blob.digest));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNAUTHORIZED");
    expect(calls.length).toBeLessThanOrEqual(2);
  });
});

describe("a registry with passwords (ECR)", () => {
  beforeEach(() => {
    registry.behaviour.hook = ({ headers }, response) => {
      if (headers.authorization === "Basic bWU6czNjcmV0") return false;
      const header = 'Basic realm="https://1.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"';
      fail(response, 401, "DENIED", { "www-authenticate": header });
      return true;
    };
  });

  test("gets them once it has asked, then always", async () => {
    const it = repository(basic);
    await it.hasBlob(blob.digest);
    await it.hasBlob(blob.digest);
    expect(registry.seen.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test.each([
    [undefined, "there are none"],
    [{ kind: "identity", token: "r" } as const, "wants basic"],
    [{ ...basic, password: "wrong" }, "does not accept the user and the password"],
  ])("%j does not do", async (credential, problem) => {
    const error = await rejected(repository(credential).hasBlob(blob.digest));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_UNAUTHORIZED");
    expect(error.message).toContain(problem);
  });
});

test("a registry that wants something and does not say what is broken", async () => {
  registry.behaviour.hook = (_request, response) => {
    fail(response, 401, "UNAUTHORIZED");
    return true;
  };
  const error = await rejected(repository(basic).hasBlob(blob.digest));
  expect(error.code).toBe("ERR_SPIN_REGISTRY_PROTOCOL");
});
