import { describeError, describeIssue, type Issue, isSpinError } from "../../model/errors/index.ts";
import { issueOf } from "../definition/check.ts";
import { isPartialFailure } from "../definition/partial-failure.ts";
import type { Properties } from "../definition/resource.ts";

export interface CheckFailure {
  property: string;
  reason: string;
}

/** The errors among the issues, with the code and the next step. */
export function failuresOf(issues: Issue[]): CheckFailure[] {
  return issues
    .filter(({ severity }) => severity === "error")
    .map((found) => ({
      property: found.path,
      reason: `${describeIssue({ ...found, path: "" })} [${found.code}]`,
    }));
}

export interface CheckResult {
  inputs: Properties;
  failures: CheckFailure[];
}

/** A check's result; an error that is the user's to mend is a failure of it. */
export async function refusing(news: Properties, check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    if (!isSpinError(error) || error.fault === "bug") throw error;
    return { inputs: news, failures: failuresOf([issueOf(error)]) };
  }
}

/**
 * Does the operation; its error becomes one whose message alone says everything, since the engine shows only that. One
 * with `id` and `properties` lets the engine record what exists (Pulumi's cmd/dynamic-provider reads them).
 */
export async function explain<T>(
  operation: () => Promise<T>,
  propertiesOf: (outputs: Properties) => Properties = (outputs) => outputs,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const partial = isPartialFailure(error) ? error : undefined;
    const message = describeError(partial?.cause ?? error);
    const explained = new Error(message, { cause: error });
    // Pulumi prints it for some operations; it names places in this package, which help nobody.
    explained.stack = "";
    if (partial === undefined) throw explained;
    throw Object.assign(explained, {
      id: partial.id,
      properties: propertiesOf(partial.outputs),
      reasons: [message],
    });
  }
}
