import { SpinError } from "../errors/index.ts";

/** Far beyond every tool chain, and small enough for the stack of any caller. */
const deepest = 32;
/** Wasmtime's reader takes as many of each. */
const mostNested = 1000;
/** Ten times what a component of Python with its libraries names, and read within half a second. */
const mostKept = 100_000;

/** Bounds what one inspection remembers and how deep it goes, whatever a binary holds: ERR_SPIN_WASM_LIMIT. */
export interface Limits {
  /** Before reading a module or component at this depth; the outermost has 0. */
  enter(depth: number): void;
  /** Before remembering one more name, memory or section. */
  keep(): void;
}

export function createLimits(): Limits {
  let nested = 0;
  let kept = 0;
  return {
    enter(depth) {
      if (depth > deepest) throw beyond(`nests modules and components more than ${deepest} deep`);
      if (depth > 0 && ++nested > mostNested)
        throw beyond(`holds more than ${mostNested} modules and components`);
    },
    keep() {
      if (++kept > mostKept)
        throw beyond(`names more than ${mostKept} imports, exports, memories and sections`);
    },
  };
}

function beyond(problem: string): SpinError {
  return new SpinError("ERR_SPIN_WASM_LIMIT", `The WebAssembly binary ${problem}; no more is read.`);
}
