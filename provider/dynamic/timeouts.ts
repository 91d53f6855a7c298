import type { Operation } from "../definition/time-limit.ts";
import type { Properties } from "../definition/resource.ts";
import { timeoutsKey } from "./keys.ts";

const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** The milliseconds that `customTimeouts` give an operation, which the SDK wrote among the properties: `"1h30m"`, `"5s"`. */
export function timeoutOf(operation: Operation, bag: Properties): number | undefined {
  const text: unknown = bag[timeoutsKey]?.[operation];
  if (typeof text !== "string") return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.map(([part]) => part).join("") !== text) return undefined;
  return (
    parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitMs[unit] ?? 0), 0) || undefined
  );
}
