import { SpinError } from "../../model/errors/index.ts";

export const asynchronous = "asynchronous functions (WASI 0.3)";

/** What the component model allows and this linker does not do: another binding may. */
export function unsupported(what: string): SpinError {
  return new SpinError(
    "ERR_SPIN_RUNTIME_LINK_UNSUPPORTED",
    `The component uses ${what}, which the linker does not link.`,
  );
}

/** What the component model does not allow. */
export function invalid(problem: string, options?: ErrorOptions): SpinError {
  return new SpinError("ERR_SPIN_RUNTIME_LINK", `The component cannot be linked: ${problem}.`, options);
}
