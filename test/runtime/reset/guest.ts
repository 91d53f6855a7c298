/** Small guests, written by hand, with one exported function `run` of two numbers. */
import { rewriteModule, type RewriteOptions } from "../../../runtime/reset/rewrite-module.ts";
import { FreshState, type FreshStateOptions } from "../../../runtime/reset/state/fresh-state.ts";
import type { CoreExports, CoreMemory } from "../../../runtime/reset/state/core-objects.ts";
import { body, type Code, module, name, section, u32 } from "../../../scripts/fuzz/guest/code.ts";

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: CoreExports };
};

export interface GuestParts {
  code: Code;
  /** Of `run`, besides its two parameters; default two i32 and one of each other type. */
  locals?: Code;
  /** Content of the memory entry; default one page. */
  memory?: Code;
  globals?: Code[];
  tables?: Code[];
  elements?: Code[];
  data?: Code[];
  functions?: { code: Code }[];
  exports?: Code[];
}

const i32 = 0x7f;
/** Locals 2 and 3 are i32, then i64, f32, f64, v128. */
const someLocals: Code = [5, 2, i32, 1, 0x7e, 1, 0x7d, 1, 0x7c, 1, 0x7b];

export function guest(parts: GuestParts): Uint8Array<ArrayBuffer> {
  const { code, locals = someLocals, memory = [0, 2], data = [], functions = [] } = parts;
  const some = (id: number, entries: Code[] | undefined): Code =>
    entries === undefined ? [] : section(id, entries);
  return module(
    section(1, [[0x60, 2, i32, i32, 0]]),
    section(3, [[0], ...functions.map(() => [0])]),
    some(4, parts.tables),
    section(5, [memory]),
    some(6, parts.globals),
    section(7, [[...name("run"), 0, 0], [...name("memory"), 2, 0], ...(parts.exports ?? [])]),
    some(9, parts.elements),
    [12, u32(data.length).length, ...u32(data.length)],
    section(10, [body(locals, code), ...functions.map((it) => body([0], it.code))]),
    section(11, data),
  );
}

/** Without headroom, so that stores trap where they did. */
export const roomy: RewriteOptions = {
  memoryBytes: 2 ** 26,
  tableElements: 1000,
  marks: true,
  checks: false,
  headroomPages: 0,
};

export interface Running {
  run: (a?: number, b?: number) => void;
  exports: CoreExports;
  memory: () => Uint8Array;
  fresh: FreshState;
}

/** The rewritten guest, captured. */
export function start(
  bytes: Uint8Array,
  options: Partial<RewriteOptions> = {},
  freshOptions: FreshStateOptions = { verify: true },
): Running {
  const { bytes: changed, plan } = rewriteModule(bytes, { ...roomy, ...options });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(changed), {});
  const fresh = new FreshState(freshOptions);
  fresh.add(plan, exports);
  fresh.capture();
  return {
    run: (a = 0, b = 0) => (exports["run"] as (a: number, b: number) => void)(a, b),
    exports,
    memory: () => new Uint8Array((exports["memory"] as CoreMemory).buffer),
    fresh,
  };
}

/** The guest as it is. */
export function startPlain(bytes: Uint8Array): Pick<Running, "run" | "memory"> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return {
    run: (a = 0, b = 0) => (exports["run"] as (a: number, b: number) => void)(a, b),
    memory: () => new Uint8Array((exports["memory"] as CoreMemory).buffer),
  };
}
