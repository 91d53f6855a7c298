import { SpinError } from "../errors/index.ts";

/** What the component model does not allow: the binary was made by a broken tool, or damaged. */
export function malformed(problem: string): SpinError {
  return new SpinError("ERR_SPIN_WASM_MALFORMED", `The component ${problem}.`);
}

/** What the component model allows, and components of WIT worlds do not have. */
export function unsupported(what: string): SpinError {
  return new SpinError("ERR_SPIN_COMPOSE_UNSUPPORTED", `The component uses ${what}, which is not composed.`);
}
