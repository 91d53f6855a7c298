import { type TargetName, targetNamed } from "../model/capability/index.ts";
import { isSpinError, SpinError } from "../model/errors/index.ts";
import type { CommandLine } from "./command.ts";

/** The targets of `--target`, which has commas between them; `undefined` without it. ERR_SPIN_CLI_USAGE for others. */
export function targetsOf({ options }: Pick<CommandLine, "options">): TargetName[] | undefined {
  try {
    return options.get("target")?.split(",").map(targetNamed);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    throw new SpinError("ERR_SPIN_CLI_USAGE", error.message, { hint: error.hint, cause: error });
  }
}
