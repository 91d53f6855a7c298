import { isSpinError, type SpinError } from "../../model/errors/index.ts";

/** The error of this package that a call throws; anything else it throws goes on, and no error at all is one. */
export function caught(call: () => unknown): SpinError {
  try {
    call();
  } catch (error) {
    if (isSpinError(error)) return error;
    throw error;
  }
  throw new Error("Expected an error, and the call returned.");
}

/** The same for a promise. */
export async function rejected(promise: Promise<unknown>): Promise<SpinError> {
  try {
    await promise;
  } catch (error) {
    if (isSpinError(error)) return error;
    throw error;
  }
  throw new Error("Expected an error, and the promise was fulfilled.");
}
