/** Instances of made-up modules: two that share a memory, as they are or rewritten. */
import { unusedOffset } from "../../../runtime/reset/state/mark-map.ts";
import { FreshState } from "../../../runtime/reset/state/fresh-state.ts";
import type {
  CoreExports,
  CoreGlobal,
  CoreImports,
  CoreMemory,
} from "../../../runtime/reset/state/core-objects.ts";
import type { RewrittenModule } from "../../../runtime/reset/rewrite-module.ts";

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: CoreImports) => { exports: CoreExports };
};

export interface Guest {
  /** Result of `run` of the first or second module, or the trap's message. */
  run(which: number, a: number, b: number): { value: number | string; hasTrapped: boolean };
  exportedMemory: unknown;
  memory(): Uint8Array;
  globals(): (number | bigint)[];
}

/** What is compiled once for all instances. */
export type Compiled = { module: object; rewritten?: RewrittenModule }[];

export function compile(bytes: readonly Uint8Array[]): Compiled {
  return bytes.map((it) => ({ module: new WebAssembly.Module(it) }));
}

export function compileRewritten(modules: readonly RewrittenModule[]): Compiled {
  return modules.map((rewritten) => ({ module: new WebAssembly.Module(rewritten.bytes), rewritten }));
}

/** Instantiates the first, and the second on the memory of the first. */
export function instantiate(compiled: Compiled, fresh = new FreshState()): Guest {
  const instances: CoreExports[] = [];
  for (const { module, rewritten } of compiled) {
    const plain: CoreImports = { main: { memory: instances[0]?.["memory"] } };
    const imports = rewritten === undefined ? plain : fresh.imports(rewritten.plan, plain);
    const { exports } = new WebAssembly.Instance(module, imports);
    if (rewritten !== undefined) fresh.add(rewritten.plan, exports);
    instances.push(exports);
  }
  const memory = instances[0]?.["memory"] as CoreMemory;
  const marks = instances[0]?.[compiled[0]?.rewritten?.plan.marks ?? ""] as CoreMemory | undefined;
  // What the guest has not grown into yet is not its memory.
  const unused = marks === undefined ? [0] : new Int32Array(marks.buffer, unusedOffset, 1);
  return {
    run: (which, a, b) => {
      const run = instances[which]?.["run"] as (a: number, b: number) => number;
      try {
        return { value: run(a, b), hasTrapped: false };
      } catch (error) {
        return { value: (error as Error).message, hasTrapped: true };
      }
    },
    exportedMemory: memory,
    memory: () => {
      const bytes = new Uint8Array(memory.buffer);
      return bytes.subarray(0, bytes.length - (unused[0] ?? 0) * 65_536);
    },
    globals: () =>
      instances.flatMap((exports) =>
        [0, 1, 2, 3, 4].map((index) => (exports[`g${index}`] as CoreGlobal).value),
      ),
  };
}

/** A function of WebAssembly that does nothing but count how often it was called. */
export function countingPause(): { pause: unknown; calls: () => number } {
  let calls = 0;
  const bytes = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 112, 1, 112, 0, 0, 7, 5, 1, 1, 112, 0, 0,
  ];
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes)), {
    p: { p: () => void calls++ },
  });
  return { pause: exports["p"], calls: () => calls };
}
