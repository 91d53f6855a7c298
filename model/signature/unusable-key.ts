import { SpinError } from "../errors/index.ts";

/** ERR_SPIN_SIGNATURE_KEY. `place` is where the key came from; nothing of the key itself is repeated. */
export function unusable(place: string, problem: string, hint?: string): SpinError {
  return new SpinError("ERR_SPIN_SIGNATURE_KEY", `${place} ${problem}.`, hint === undefined ? {} : { hint });
}
