import { isSpinError, SpinError } from "../errors/index.ts";
import { parseComponent } from "../wasm/component/component.ts";
import type { ComponentDefinition } from "../wasm/component/definitions.ts";
import { readPreamble } from "../wasm/preamble.ts";

/** A component of a composition. */
export interface Part {
  /** For messages: `the dependency "math:calc"`. */
  label: string;
  bytes: Uint8Array;
  definition: ComponentDefinition;
  /** By import: the part that gives it, and the name by which that exports it. What is not here comes from outside. */
  args: ReadonlyMap<string, { part: Part; name: string }>;
}

/** A part that takes nothing from others yet. ERR_SPIN_COMPOSE_MODULE, ERR_SPIN_WASM_*. */
export function partOf(label: string, bytes: Uint8Array, args: Part["args"] = new Map()): Part {
  return inPart(label, () => {
    if (readPreamble(bytes) === "module") {
      throw new SpinError("ERR_SPIN_COMPOSE_MODULE", `It is a core module; expected a component.`);
    }
    return { label, bytes, definition: parseComponent(bytes), args };
  });
}

/** What is wrong with a part is said with its name. */
export function inPart<Result>(label: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (
      !isSpinError(error) ||
      error.code === "ERR_SPIN_COMPOSE_TYPE" ||
      error.code === "ERR_SPIN_COMPOSE_IMPORT"
    )
      throw error;
    throw new SpinError(error.code, `In ${label}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

/** Names of what a component imports or exports, in its order. */
export function namesIn({ definition }: Part, kind: "import" | "export"): string[] {
  return definition.definitions.flatMap((it) => (it.kind === kind ? [it.name] : []));
}
