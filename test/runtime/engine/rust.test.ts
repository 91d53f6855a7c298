/** A component of Rust, with the adapter of preview1, on both bindings. */
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { fileURLToPath } from "node:url";
import { EngineProcess, lock } from "./engine-process.ts";

jest.setTimeout(60_000);

const stats = fileURLToPath(
  new URL("../../../examples/quickstart/components/stats/stats.wasm", import.meta.url),
);

let engine: EngineProcess | undefined;
afterEach(() => engine?.remove());

describe.each(["linker", "jco"])("bound by %s", (binding) => {
  test("answers many at once", async () => {
    engine = new EngineProcess(undefined, binding);
    await engine.start();
    const metadata = { key_value_stores: ["default"] };
    const url = await engine.deploy("shop", 1, lock({ digest: engine.addBlob(stats), metadata }));
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_none, index) => (await fetch(`${url}/stats/${index}?é=☃`)).json()),
    );
    expect(answers).toEqual(
      answers.map((_answer, index) => ({ language: "Rust", pathInfo: `/stats/${index}`, visits: 0 })),
    );
  });

  test("without its grant is told so", async () => {
    engine = new EngineProcess(undefined, binding);
    await engine.start();
    const url = await engine.deploy("shop", 1, lock({ digest: engine.addBlob(stats) }));
    expect((await fetch(`${url}/stats/x`)).status).toBe(500);
    expect(engine.log("shop", "host.log")).toContain('keyValueStores: ["default"]');
  });
});
