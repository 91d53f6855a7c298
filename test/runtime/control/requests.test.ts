import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { request } from "node:http";
import type { HostClient } from "../../../runtime/admin/client.ts";
import { socketPath } from "../../../runtime/admin/paths.ts";
import type { AdminError } from "../../../runtime/admin/protocol.ts";
import { deployment, TestHost } from "./test-host.ts";

jest.setTimeout(60_000);

const host = new TestHost();
let client: HostClient;

beforeAll(async () => {
  client = await host.client();
  await client.deploy("shop", deployment("one"));
});

afterAll(() => host.remove());

interface Answer {
  status: number;
  error: AdminError;
}

/** A request as no client of ours would send it. */
function send(method: string, path: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath: socketPath(host.stateDir, "control"), method, path },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, ...JSON.parse(text) }));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

describe("a request that the admin API does not have", () => {
  test.each([
    ["PUT", "/v1/apps/shop", "{ torn"],
    ["PUT", "/v1/apps/shop", ""],
    ["PUT", "/v1/apps/shop", "null"],
    ["PUT", "/v1/apps/shop", "[]"],
    ["PUT", "/v1/apps/shop", '{"lockedApp": {}}'],
    ["PUT", "/v1/apps/shop", '{"lockedApp": {}, "listen": "", "variables": {}, "limits": {"queue": -1}}'],
    ["PUT", "/v1/apps/shop", '{"lockedApp": {}, "listen": "", "variables": {}, "limits": {"cpu": 1}}'],
    ["PUT", "/v1/apps/shop/variables", "7"],
    ["PUT", "/v1/apps/shop/variables", '{"name": "greeting"}'],
    ["PUT", "/v1/apps/shop/variables", '{"name": "greeting", "value": {"deep": true}}'],
    ["PUT", "/v1/apps/shop/variables", '{"name": "__proto__", "value": "x"}'],
    ["GET", "/v1/apps/%zz", ""],
    ["GET", "//", ""],
    ["GET", "/v2/status", ""],
    ["PATCH", "/v1/apps/shop", "{}"],
    ["PUT", "/v1/blobs/..%2F..%2Fhost.db", "x"],
    ["DELETE", "/v1/blobs/sha256:00", ""],
  ])("%s %s %j is refused with a code, and changes nothing", async (method, path, body) => {
    const before = await client.listApps();
    const { status, error } = await send(method, path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(error.code).toMatch(/^ERR_SPIN_HOST_(?!INTERNAL)/);
    expect(error.hint).not.toBe("");
    expect(await client.listApps()).toEqual(before);
  });

  test("with a body without end is cut off", async () => {
    const huge = JSON.stringify({ lockedApp: { text: "x".repeat(17 * 1024 * 1024) } });
    const answer = await send("PUT", "/v1/apps/shop", huge).catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    // The answer may be lost: the host closes while the rest is still being sent.
    if (typeof answer === "string") expect(["EPIPE", "ECONNRESET"]).toContain(answer);
    else expect(answer).toMatchObject({ error: { message: expect.stringContaining("larger than") } });
    expect((await client.status()).apps).toBe(1);
  });
});

test("new revisions take over under load without a request that fails", async () => {
  const { url } = await client.deploy("loaded", deployment("0"));
  let isEnding = false;
  const seen: string[] = [];
  const callers = Array.from({ length: 4 }, async () => {
    while (!isEnding) {
      const response = await fetch(url).catch((error: Error) => ({ text: async () => error.message }));
      seen.push(await response.text());
    }
  });
  for (let revision = 1; revision <= 5; revision++)
    await client.deploy("loaded", deployment(String(revision)));
  while (!seen.includes("5")) await new Promise((resolve) => setTimeout(resolve, 5));
  isEnding = true;
  await Promise.all(callers);
  expect(seen.filter((body) => !/^[0-5]$/.test(body))).toEqual([]);
  expect(new Set(seen).size).toBeGreaterThan(1);
});
