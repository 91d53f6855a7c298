import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import type { AdminError } from "../../../runtime/admin/protocol.ts";
import { guestComponent } from "../component/guest/index.ts";
import { EngineProcess, lock } from "./engine-process.ts";

// A new component takes seconds to load, on a busy machine many.
jest.setTimeout(60_000);

const engine = new EngineProcess();
let digest = "";

beforeAll(async () => {
  digest = engine.addBlob(guestComponent());
  await engine.start();
}, 240_000);

afterAll(() => engine.remove());

const granted = { metadata: { key_value_stores: ["default"] } };

async function body(url: string): Promise<string> {
  return (await fetch(url)).text();
}

async function failure(
  method: string,
  path: string,
  value: Parameters<EngineProcess["call"]>[2],
): Promise<AdminError> {
  const answer = await engine.call(method, path, value);
  return (JSON.parse(answer.body) as { error: AdminError }).error;
}

function prepare(
  lockedApp: ReturnType<typeof lock>,
  variables: Record<string, string> = {},
): Promise<AdminError> {
  return failure("PUT", "/v1/apps/bad/revisions/1", { lockedApp, listen: "127.0.0.1:0", variables });
}

describe("the engine", () => {
  test("has a socket for this user alone", () => {
    expect(statSync(engine.socket).mode & 0o777).toBe(0o600);
  });

  test("switches revisions on one address, and the former one ends what it began", async () => {
    const url = await engine.deploy("switch", 1, lock({ digest }));
    const begun = body(`${url}/sleep/1500`);
    await body(`${url}/hello`);
    const routes = [{ route: "/...", static_response: { body: "second" } }];
    const again = await engine.deploy("switch", 2, lock({ digest, routes }), { listen: url.slice(7) });
    expect(again).toBe(url);
    expect(await body(`${url}/hello`)).toBe("second");
    expect(await begun).toBe("slept");
    const status = JSON.parse((await engine.call("GET", "/v1/status")).body) as { apps: unknown[] };
    expect(status.apps).toContainEqual({ app: "switch", revision: 2, address: url.slice(7) });
  });

  test("moves an app to another address", async () => {
    const url = await engine.deploy("move", 1, lock({ digest }), { listen: "127.0.0.1:0" });
    const moved = await engine.deploy("move", 2, lock({ digest }), { listen: "localhost:0" });
    expect(moved).not.toBe(url);
    expect(await body(`${moved}/hello`)).toBe("hello 1");
    await expect(body(`${url}/hello`)).rejects.toThrow();
  });

  test("forgets an app, and does so twice", async () => {
    const url = await engine.deploy("gone", 1, lock({ digest }));
    expect((await engine.call("DELETE", "/v1/apps/gone")).status).toBe(204);
    expect((await engine.call("DELETE", "/v1/apps/gone")).status).toBe(204);
    await expect(body(url)).rejects.toThrow();
  });

  test("keeps key-value data over a kill, and needs no second transpiling", async () => {
    const url = await engine.deploy("counter", 1, lock({ digest, ...granted }));
    expect(JSON.parse(await body(`${url}/kv/default?n`))).toMatchObject({ count: 1 });
    await engine.kill();
    await engine.start();
    const again = await engine.deploy("counter", 1, lock({ digest, ...granted }), { listen: url.slice(7) });
    expect(JSON.parse(await body(`${again}/kv/default?n`))).toMatchObject({ count: 2 });
  });
});

describe("what cannot run is refused before anything is switched", () => {
  test("an unknown digest", async () => {
    const missing = `sha256:${"0".repeat(64)}`;
    expect(await prepare(lock({ digest: missing }))).toMatchObject({
      code: "ERR_SPIN_RUNTIME_BLOB_MISSING",
      fault: "user",
    });
  });

  test("a core module", async () => {
    const core = engine.addBlob(Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    expect(await prepare(lock({ digest: core }))).toMatchObject({
      code: "ERR_SPIN_RUNTIME_NOT_A_COMPONENT",
      message: expect.stringContaining('"guest"'),
    });
  });

  test("a truncated component", async () => {
    const torn = engine.addBlob(Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 0x04, 0x20]));
    expect((await prepare(lock({ digest: torn }))).fault).toBe("user");
  });

  test("a required variable without a value", async () => {
    const problem = await prepare(lock({ digest, variables: { token: { secret: true } } }));
    expect(problem).toMatchObject({ code: "ERR_SPIN_RUNTIME_VARIABLES", path: "variables" });
    expect(problem.message).toContain("token");
  });

  test("a locked application that asks for more than this host knows", async () => {
    const problem = await prepare({ ...lock({ digest }), must_understand: ["time_travel"] });
    expect(problem.code).toBe("ERR_SPIN_RUNTIME_LOCKED_APP");
  });

  test("a port that is taken; the former revision goes on", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    const url = await engine.deploy("stays", 1, lock({ digest }));
    const spec = { lockedApp: lock({ digest }), listen: `127.0.0.1:${port}`, variables: {} };
    await engine.call("PUT", "/v1/apps/stays/revisions/2", spec);
    const answer = await engine.call("POST", "/v1/apps/stays/active", { revision: 2 });
    taken.close();
    expect(answer.status).toBe(409);
    expect(answer.body).toContain(`The port ${port} is in use`);
    expect(await body(`${url}/hello`)).toBe("hello 1");
  });

  test("an address that is none, and a name that would leave its folder", async () => {
    await engine.call("PUT", "/v1/apps/nowhere/revisions/1", {
      lockedApp: lock({ digest }),
      listen: "3000",
      variables: {},
    });
    expect((await failure("POST", "/v1/apps/nowhere/active", { revision: 1 })).code).toBe(
      "ERR_SPIN_RUNTIME_LISTEN",
    );
    const spec = { lockedApp: lock({ digest }), listen: "127.0.0.1:0", variables: {} };
    const outside = await failure("PUT", "/v1/apps/..%2Foutside/revisions/1", spec);
    expect(outside.code).toBe("ERR_SPIN_RUNTIME_REQUEST");
  });
});

test("the engine drains and ends when it is told to", async () => {
  expect(await engine.shutdown()).toBe(0);
});
