/** What a deployment says that its components may take holds for a real guest, and outlives each of the host's processes. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { HostClient } from "../../../runtime/admin/client.ts";
import { guestComponent } from "../component/guest/index.ts";
import { lock } from "../engine/engine-process.ts";
import { answerOf, deployment, staticApp, TestHost } from "./test-host.ts";

// A new component takes seconds to load, on a busy machine many.
jest.setTimeout(120_000);

const host = new TestHost();
const limits = { concurrency: 1, queue: 0, requestBodyBytes: 10, memoryBytes: 64 * 1024 * 1024 };
let client: HostClient;
let lockedApp: ReturnType<typeof staticApp>;

beforeAll(async () => {
  client = await host.client();
  const guest = readFileSync(guestComponent());
  const digest = `sha256:${createHash("sha256").update(guest).digest("hex")}`;
  await client.putBlob(digest, guest);
  lockedApp = lock({ digest }) as typeof lockedApp;
});
afterAll(() => host.remove());

/** The statuses of a body of eleven bytes, and of three requests at once. */
async function statuses(url: string): Promise<{ body: number; together: number[] }> {
  await answerOf(`${url}hello`);
  const { status: body } = await fetch(`${url}echo`, { method: "POST", body: "x".repeat(11) });
  const answers = await Promise.all(Array.from({ length: 3 }, () => fetch(`${url}sleep/500`)));
  return { body, together: answers.map(({ status }) => status).toSorted() };
}

const limited = { body: 413, together: [200, 503, 503] };

test("a guest is limited as declared, by a new revision and before and after each process ended", async () => {
  const free = await client.deploy("shop", deployment("", { lockedApp }));
  expect(free).toMatchObject({ revision: 1, limits: {} });
  expect(await statuses(free.url)).toEqual({ body: 200, together: [200, 200, 200] });

  const status = await client.deploy("shop", deployment("", { lockedApp, limits }));
  expect(status).toMatchObject({ revision: 2, url: free.url, limits });
  expect(await statuses(status.url)).toEqual(limited);
  await host.kill("engine");
  expect(await statuses(status.url)).toEqual(limited);
  await client.shutdown();
  client = await host.client();
  expect(await client.getApp("shop")).toEqual(status);
  expect(await statuses(status.url)).toEqual(limited);

  expect(await client.deploy("shop", deployment("", { lockedApp }))).toMatchObject({
    revision: 3,
    limits: {},
  });
  expect(await statuses(status.url)).toEqual({ body: 200, together: [200, 200, 200] });
});

test("the same limits in another order are no new revision, and an edited variable keeps them", async () => {
  const lockedStatic = staticApp("one");
  await client.deploy(
    "same",
    deployment("", { lockedApp: lockedStatic, limits: { queue: 1, concurrency: 2 } }),
  );
  const again = deployment("", { lockedApp: lockedStatic, limits: { concurrency: 2, queue: 1 } });
  expect(await client.deploy("same", again)).toMatchObject({ revision: 1 });
  expect(await client.setVariable("same", "greeting", "servus")).toMatchObject({
    revision: 1,
    limits: { queue: 1, concurrency: 2 },
  });
});

test("a guest that needs more memory from the beginning leaves the former revision to answer", async () => {
  const before = await client.mustGetApp("shop");
  const tight = deployment("", { lockedApp, limits: { memoryBytes: 65_536 } });
  await expect(client.deploy("shop", tight)).rejects.toMatchObject({ code: "ERR_SPIN_RUNTIME_MEMORY_LIMIT" });
  expect(await client.getApp("shop")).toEqual(before);
  expect(await answerOf(`${before.url}hello`)).toBe("hello 1");
});
