/** A guest that computes without end, takes all memory, or fails harms no other request. On both bindings. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { guestComponent } from "../component/guest/index.ts";
import { EngineProcess, lock } from "./engine-process.ts";

// A new component takes seconds to load, on a busy machine many.
jest.setTimeout(120_000);

const mebibyte = 1024 * 1024;

describe.each(["linker", "jco"])("bound by %s", (binding) => {
  const engine = new EngineProcess(undefined, binding);
  let url = "";
  let other = "";

  beforeAll(async () => {
    await engine.start();
    const digest = engine.addBlob(guestComponent());
    const limits = {
      memoryBytes: 64 * mebibyte,
      computeMs: 2000,
      concurrency: 3,
      queue: 2,
      requestBodyBytes: 1000,
    };
    url = await engine.deploy("limited", 1, lock({ digest }), { limits });
    other = await engine.deploy("other", 1, lock({ digest }));
  });

  afterAll(() => engine.remove());

  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(path);
    return { status: response.status, text: await response.text() };
  };
  const isWell = async (): Promise<void> =>
    expect(await Promise.all([get(`${url}/hello`), get(`${other}/hello`)])).toEqual([
      { status: 200, text: "hello 1" },
      { status: 200, text: "hello 1" },
    ]);

  test("one that computes without end is ended, and others are answered meanwhile", async () => {
    let isSpinning = true;
    const spinning = get(`${url}/spin`).finally(() => (isSpinning = false));
    let meanwhile = 0;
    while (isSpinning) {
      await isWell();
      if (isSpinning) meanwhile++;
    }
    expect((await spinning).status).toBe(500);
    expect(meanwhile).toBeGreaterThan(0);
    expect(engine.log("limited", "host.log")).toContain("computed for more than 2000 ms");
  });

  test("one whose client goes away is ended, long before its time", async () => {
    const gone = new AbortController();
    const spinning = fetch(`${other}/spin`, { signal: gone.signal });
    await isWell();
    gone.abort();
    await expect(spinning).rejects.toThrow();
    await isWell();
  });

  test("one that takes all memory ends alone", async () => {
    expect((await get(`${url}/leak`)).status).toBe(500);
    await isWell();
  });

  test("one that fails ends alone", async () => {
    expect((await get(`${url}/trap`)).status).toBe(500);
    await isWell();
  });

  test("every request finds the guest in its first state, many at once as well", async () => {
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(`${other}/hello`)));
      expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(["hello 1"]));
    }
  });

  test("what comes beyond the queue is told to come again", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${url}/sleep/500`)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.headers.get("retry-after")).toBe("1");
    await isWell();
  });

  test("a body beyond the limit is refused, and one of unknown length fails when it gets there", async () => {
    const send = (body: string | ReadableStream): Promise<Response> =>
      fetch(`${url}/echo`, { method: "POST", body, ...({ duplex: "half" } as object) });
    expect((await send("x".repeat(1001))).status).toBe(413);
    expect(await (await send("x".repeat(1000))).text()).toBe("x".repeat(1000));
    const unknown = new Blob(["x".repeat(2000)]).stream();
    const answered = await send(unknown)
      .then((response) => response.text())
      .catch(() => "cut");
    expect(answered).not.toBe("x".repeat(2000));
    await isWell();
  });
});
