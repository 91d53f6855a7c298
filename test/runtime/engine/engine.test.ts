import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Denial } from "../../../runtime/admin/protocol.ts";
import { guestComponent } from "../component/guest/index.ts";
import { EngineProcess, lock } from "./engine-process.ts";

// A new component takes seconds to load, on a busy machine many.
jest.setTimeout(60_000);

/** engine-jco.test.ts runs the same tests with the second binding. */
const engine = new EngineProcess(undefined, process.env["PULUMI_SPIN_TEST_BINDING"] ?? "linker");
let digest = "";
let backend: Server;
let backendUrl = "";
let url = "";

beforeAll(async () => {
  digest = engine.addBlob(guestComponent());
  backend = createServer((request, response) => {
    if (request.url === "/slow") return;
    if (request.url === "/redirect") {
      response.writeHead(302, { location: "/elsewhere" }).end();
      return;
    }
    let size = 0;
    request.on("data", (chunk: Buffer) => (size += chunk.length));
    request.on("end", () => {
      const sent = Object.keys(request.headers).sort().join(" ");
      response.end(`${request.method} ${request.url} ${size} bytes, ${sent}`);
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  backendUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  await engine.start();
  url = await engine.deploy(
    "shop",
    1,
    lock({
      digest,
      variables: { greeting: { default: "Hello" }, token: { secret: true } },
      metadata: {
        key_value_stores: ["default"],
        allowed_outbound_hosts: [
          backendUrl,
          "http://self",
          "http://other.spin.internal",
          "http://127.0.0.1:1",
        ],
      },
      component: { config: { greeting: "{{ greeting }}, world", token: "{{ token }}" } },
      routes: [
        { route: "/...", component: "guest" },
        {
          route: "/static/:kind",
          static_response: { status_code: 418, headers: { "x-kind": "tea" }, body: "short" },
        },
        { route: { private: true }, component: "other" },
      ],
      more: [{ id: "other", source: { content_type: "application/wasm", digest } }],
    }),
    { variables: { token: "s3cret" } },
  );
}, 240_000);

afterAll(async () => {
  backend.closeAllConnections();
  backend.close();
  await engine.remove();
});

async function get(path: string): Promise<unknown> {
  const response = await fetch(url + path);
  return JSON.parse(await response.text());
}

async function denials(): Promise<Denial[]> {
  return JSON.parse((await engine.call("GET", "/v1/apps/shop/denials")).body) as Denial[];
}

describe("a request", () => {
  test("is answered by an instance that never saw another", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await fetch(`${url}/hello`)).text()),
    );
    expect(new Set(answers)).toEqual(new Set(["hello 1"]));
  });

  test("carries spin-* headers, and none of the client's own", async () => {
    const response = await fetch(`${url}/seen/a%20b?q=1`, {
      headers: { "spin-path-info": "evil", "X-Own": "kept" },
    });
    const { headers, ...seen } = (await response.json()) as { headers: [string, string][] };
    expect(seen).toEqual({
      method: "get",
      path: "/seen/a%20b?q=1",
      authority: url.slice(7),
      scheme: "HTTP",
    });
    expect(
      headers.filter(([name]) => name.startsWith("spin-") || name === "x-own" || name === "host"),
    ).toEqual([
      ["x-own", "kept"],
      ["spin-path-info", "/seen/a%20b"],
      ["spin-full-url", `${url}/seen/a%20b?q=1`],
      ["spin-matched-route", "/..."],
      ["spin-base-path", "/"],
      ["spin-raw-component-route", "/..."],
      ["spin-component-route", ""],
      ["spin-client-addr", expect.stringMatching(/^127\.0\.0\.1:\d+$/)],
    ]);
  });

  test("streams both ways", async () => {
    const body = "0123456789".repeat(300_000);
    const response = await fetch(`${url}/echo`, { method: "POST", body });
    expect(await response.text()).toBe(body);
  });

  test("carries trailers both ways", async () => {
    const trailers = await new Promise((resolve, reject) => {
      const call = request(`${url}/echo`, { method: "POST", headers: { trailer: "x-sum" } }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.trailers));
      });
      call.on("error", reject);
      call.write("body");
      call.addTrailers({ "x-sum": "4" });
      call.end();
    });
    expect(trailers).toEqual({ "x-sum": "4" });
  });

  test("waits only for the guest that waits", async () => {
    const asleep = fetch(`${url}/sleep/60000`, { signal: AbortSignal.timeout(2000) }).catch(
      (error: Error) => error.name,
    );
    expect(await get("/poll")).toEqual({ ready: [1], elapsedMs: expect.any(Number) });
    expect(await asleep).toBe("TimeoutError");
  });
});

describe("wasi:http/types", () => {
  test("refuses fields that are malformed, forbidden or not to be changed", async () => {
    const failed = { error: "failed" };
    expect(await get("/fields")).toEqual({
      count: 2,
      forbidden: { error: { tag: "forbidden" } },
      badName: { error: { tag: "invalid-syntax" } },
      badValue: { error: { tag: "invalid-syntax" } },
      badList: { error: { tag: "forbidden" } },
      immutable: { error: { tag: "immutable" } },
      ofResponse: { error: { tag: "immutable" } },
      badStatus: failed,
      badPath: failed,
      badAuthority: failed,
      badMethod: failed,
    });
  });

  test("hands out a body and its stream once", async () => {
    expect(await get("/twice")).toEqual({ consume: { error: "failed" }, stream: { error: "failed" } });
  });

  test("takes 4 KiB, and promises 64, before anybody reads", async () => {
    expect(await (await fetch(`${url}/early`)).text()).toBe("x".repeat(4096) + 65_536);
  });

  test("cuts a body to its content-length, and the connection of one that is short", async () => {
    expect(await (await fetch(`${url}/long`)).text()).toBe("four");
    await expect(fetch(`${url}/short`).then((response) => response.text())).rejects.toThrow();
    const [said] = engine.log("shop", "guest_stdout.txt").split("\n");
    expect(JSON.parse(said ?? "")).toEqual({
      error: { tag: "last-operation-failed", val: expect.anything() },
    });
  });
});

describe("a guest that fails", () => {
  test.each(["trap", "unset", "refused"])("by /%s gives an empty 500", async (path) => {
    const response = await fetch(`${url}/${path}`);
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
      500,
      "",
      null,
    ]);
  });

  test("after its first bytes cuts the connection, and the host log says why", async () => {
    await expect(fetch(`${url}/latetrap`).then((response) => response.text())).rejects.toThrow();
    expect(engine.log("shop", "host.log")).toMatch(/component "guest" failed: .*unreachable/);
    expect(engine.log("shop", "guest_stderr.txt")).toContain("trapped on purpose, later");
  });

  test("leaves nothing behind for the next", async () => {
    expect(await (await fetch(`${url}/hello`)).text()).toBe("hello 1");
    expect(engine.stderr).toBe("");
  });
});

describe("a response", () => {
  test("has the guest's headers and Date", async () => {
    const response = await fetch(`${url}/headers`);
    expect([...response.headers.keys()].sort()).toEqual([
      "content-length",
      "content-type",
      "date",
      "set-cookie",
      "set-cookie",
    ]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("has no content-length of the host's with 204, and 0 where there is no body", async () => {
    expect((await fetch(`${url}/status/204`)).headers.has("content-length")).toBe(false);
    expect((await fetch(`${url}/status/404`)).headers.get("content-length")).toBe("0");
  });

  test("to HEAD has the headers alone", async () => {
    const response = await fetch(`${url}/big/1000000`, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("may come from the manifest", async () => {
    const response = await fetch(`${url}/static/pot`);
    expect([response.status, response.headers.get("x-kind"), await response.text()]).toEqual([
      418,
      "tea",
      "short",
    ]);
  });

  test("tells the host's health and the app's version", async () => {
    expect(await (await fetch(`${url}/.well-known/spin/health`)).text()).toBe("OK");
    expect(await get("/.well-known/spin/info")).toEqual({ name: "test-app", version: "1.2.3" });
    expect((await fetch(`${url}/.well-known/spin/other`)).status).toBe(404);
  });
});

describe("outgoing HTTP", () => {
  test("reaches a granted host, with no header but the connection's", async () => {
    expect(await get(`/out?${backendUrl}/x?y=1`)).toEqual({
      status: 200,
      headers: ["date", "content-length"],
      body: "GET /x?y=1 0 bytes, connection host",
    });
  });

  test("streams a request body", async () => {
    const { body } = (await get(`/post?${backendUrl}/up`)) as { body: string };
    expect(body).toBe("POST /up 300000 bytes, connection host transfer-encoding x-test");
  });

  test("follows no redirect", async () => {
    expect(await get(`/out?${backendUrl}/redirect`)).toMatchObject({ status: 302 });
  });

  test("maps failures to error codes", async () => {
    expect(await get("/out?http://127.0.0.1:1/")).toEqual({ error: { tag: "connection-refused" } });
    expect(await get(`/slow?${backendUrl}/slow`)).toEqual({ error: { tag: "connection-read-timeout" } });
  });

  test("reaches the app itself and its other components", async () => {
    expect(await get("/out?/hello")).toMatchObject({ status: 200, body: "hello 1" });
    const { body } = (await get("/out?http://other.spin.internal/seen/x")) as { body: string };
    expect(JSON.parse(body)).toMatchObject({ path: "/seen/x", authority: "other.spin.internal" });
    expect(JSON.parse(body).headers).toContainEqual(["spin-client-addr", "0.0.0.0:0"]);
    expect(await get("/out?http://other.spin.internal/trap")).toMatchObject({ status: 500 });
  });

  test("is refused without a grant, and says which to add", async () => {
    await get("/out?https://example.com/secret?token=1");
    expect(await get("/out?https://example.com/")).toEqual({ error: { tag: "HTTP-request-denied" } });
    expect(await denials()).toContainEqual({
      component: "guest",
      interface: "wasi:http/outgoing-handler",
      target: "https://example.com:443",
      grant: 'allowedOutboundHosts: ["https://example.com"]',
      count: 2,
      lastAt: expect.any(String),
    });
    const lines = engine.log("shop", "host.log").split("\n");
    expect(lines.filter((line) => line.includes("example.com"))).toEqual([
      expect.stringContaining(
        'component "guest" called wasi:http/outgoing-handler for https://example.com:443',
      ),
    ]);
  });
});

describe("key-value and variables", () => {
  test("count, list and forget", async () => {
    expect(await get("/kv/default?a")).toEqual({ count: 1, exists: true, keys: ["a"] });
    expect(await get("/kv/default?a")).toEqual({ count: 2, exists: true, keys: ["a"] });
    expect(await get("/forget/default?a")).toEqual({ exists: false, value: null });
  });

  test("a store that is not granted is refused before anybody looks for it", async () => {
    expect(await get("/kv/other?a")).toEqual({ error: { tag: "access-denied" } });
    expect(await denials()).toContainEqual(
      expect.objectContaining({ target: "other", grant: 'keyValueStores: ["other"]' }),
    );
  });

  test("variables resolve templates, and change while the app runs", async () => {
    expect(await get("/variable/greeting")).toEqual({ value: "Hello, world" });
    expect(await get("/variable/token")).toEqual({ value: "s3cret" });
    await engine.call("PUT", "/v1/apps/shop/variables", { token: "s3cret", greeting: "Bonjour" });
    expect(await get("/variable/greeting")).toEqual({ value: "Bonjour, world" });
  });

  test("variables fail as in Spin", async () => {
    expect(await get("/variable/nope")).toEqual({
      error: { tag: "undefined", val: 'no variable for "guest"."nope"' },
    });
    expect(await get("/variable/BAD-name")).toEqual({
      error: {
        tag: "invalid-name",
        val: `"BAD-name": invalid character 'B'. Variable names may contain only lower-case letters, numbers, and underscores.`,
      },
    });
    expect(await get("/variable/")).toEqual({ error: { tag: "invalid-name", val: '"": must not be empty' } });
  });
});

describe("guest output", () => {
  test("goes line by line into Spin's files", async () => {
    await fetch(`${url}/log`);
    expect(engine.log("shop", "guest_stdout.txt")).toMatch(/^to stdout$/m);
    expect(engine.log("shop", "guest_stderr.txt")).toMatch(/^to stderr$/m);
  });
});
