/** The function that a guest calls when its flag is raised. */
import { encoded, type Part } from "../module/entries.ts";

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
  Suspending?: new (call: () => Promise<void>) => object;
};

export interface PauseDecisions {
  decide(): number;
  /** Resolves after others had their turn. */
  yield(): Promise<void>;
}

export const goOn = 0;
export const yieldFirst = 1;
export const trap = 2;

let compiled: object | undefined;

/**
 * A function of WebAssembly, since only such stand in tables. It asks `decide`, lets others run, asks again, and traps with
 * what no guest can catch. Where JavaScript stands between the guest and the host, or nobody awaits the guest, its stack
 * cannot be suspended; it goes on without the break then.
 */
export function pauseFunction({ decide, yield: giveWay }: PauseDecisions): unknown {
  compiled ??= new WebAssembly.Module(module());
  const { Suspending } = WebAssembly;
  const host = { decide, yield: Suspending === undefined ? () => {} : new Suspending(giveWay) };
  return new WebAssembly.Instance(compiled, { host }).exports["pause"];
}

function module(): Uint8Array {
  const section = (id: number, ...parts: readonly Part[]): Uint8Array => {
    const content = encoded(...parts);
    return encoded([id], content.length, content);
  };
  const body = encoded(
    [0x01, 0x01, 0x7f, 0x10, 0, 0x21, 0], // decision = decide()
    [0x20, 0, 0x41, yieldFirst, 0x46, 0x04, 0x40], // if it is to yield
    [0x06, 0x40, 0x10, 1, 0x19, 0x0b], // try yield() catch_all
    [0x10, 0, 0x21, 0, 0x0b], // decision = decide()
    [0x20, 0, 0x41, trap, 0x46, 0x04, 0x40, 0x00, 0x0b, 0x0b], // if it is to trap, unreachable
  );
  return encoded(
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    section(1, 2, [0x60, 0, 1, 0x7f], [0x60, 0, 0]),
    section(2, 2, "host", "decide", [0, 0], "host", "yield", [0, 1]),
    section(3, 1, [1]),
    section(7, 1, "pause", [0, 2]),
    section(10, 1, body.length, body),
  );
}
