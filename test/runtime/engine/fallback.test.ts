/** A component that the linker leaves out runs with jco, and the host's log says so. */
import { afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { guestComponent } from "../component/guest/index.ts";
import { EngineProcess, lock } from "./engine-process.ts";

jest.setTimeout(60_000);

/** One more type, of an asynchronous function, that nothing uses. */
const asynchronousType = [0x07, 0x05, 0x01, 0x43, 0x00, 0x01, 0x00];

let bytes: Uint8Array;
let engine: EngineProcess | undefined;

beforeAll(() => {
  bytes = Buffer.concat([readFileSync(guestComponent()), Uint8Array.from(asynchronousType)]);
});

afterEach(() => engine?.remove());

test("by itself", async () => {
  engine = new EngineProcess();
  await engine.start();
  const url = await engine.deploy("shop", 1, lock({ digest: engine.addBlob(bytes) }));
  expect(await (await fetch(`${url}/hello`)).text()).toBe("hello 1");
  expect(engine.log("shop", "host.log")).toContain(
    'component "guest" runs with jco: The component uses asynchronous functions (WASI 0.3), which the linker does not link.',
  );
});

test("not when the linker was asked for", async () => {
  engine = new EngineProcess(undefined, "linker");
  await engine.start();
  await expect(engine.deploy("shop", 1, lock({ digest: engine.addBlob(bytes) }))).rejects.toThrow(
    "ERR_SPIN_RUNTIME_LINK_UNSUPPORTED",
  );
});
