/** Guests that compute for long: others have their turn meanwhile, and what goes on too long is ended. */
import { expect, test } from "@jest/globals";
import { GuestState } from "../../../runtime/reset/guest-state.ts";
import { rewriteModule } from "../../../runtime/reset/rewrite-module.ts";
import type { CoreExports } from "../../../runtime/reset/state/core-objects.ts";
import { type Code, i32Const, localGet } from "../../../scripts/fuzz/guest/code.ts";
import { guest, roomy } from "./guest.ts";

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: CoreExports };
  promising(run: unknown): (a: number, b: number) => Promise<void>;
};

const endless: Code = [0x03, 0x40, 0x0c, 0, 0x0b];
/** Calls itself twice, as deep as the first parameter says. */
const recursive: Code = [
  ...localGet(0),
  0x04,
  0x40,
  ...localGet(0),
  ...i32Const(1),
  0x6b,
  ...localGet(1),
  0x10,
  0,
  ...localGet(0),
  ...i32Const(1),
  0x6b,
  ...localGet(1),
  0x10,
  0,
  0x0b,
];
/** Calls itself in place of returning, for ever. */
const tailCall: Code = [...localGet(0), ...localGet(1), 0x12, 0];

function begun(
  code: Code,
  computeMs: number,
  signal = new AbortController().signal,
): { state: GuestState; run: unknown } {
  const { bytes, plan } = rewriteModule(guest({ code }), { ...roomy, checks: true });
  const state = new GuestState();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  state.made(plan, exports);
  state.watch();
  state.capture();
  state.begin({ computeMs, signal });
  return { state, run: exports["run"] };
}

test.each([
  ["a loop", endless],
  ["recursion", recursive],
  ["tail calls", tailCall],
])("%s without end is ended, and others had their turn", async (_what, code) => {
  const { state, run } = begun(code, 100);
  let turns = 0;
  const other = setInterval(() => turns++, 1);
  await expect(WebAssembly.promising(run)(60, 0)).rejects.toThrow("unreachable");
  clearInterval(other);
  expect(state.reason).toBe("it has computed for more than 100 ms");
  expect(turns).toBeGreaterThan(1);
  state.end();
  state.close();
});

test("a guest whose stack cannot be suspended is ended too", () => {
  const { state, run } = begun(endless, 50);
  expect(() => (run as (a: number, b: number) => void)(0, 0)).toThrow("unreachable");
  state.end();
  state.close();
});

test("a guest computes no further for a request that was given up", async () => {
  const controller = new AbortController();
  const { state, run } = begun(endless, 60_000, controller.signal);
  const running = WebAssembly.promising(run)(0, 0);
  setTimeout(() => controller.abort(), 20);
  await expect(running).rejects.toThrow("unreachable");
  expect(state.reason).toBe("the request was given up");
  state.end();
  state.close();
});
