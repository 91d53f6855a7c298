import { totalmem } from "node:os";
import type { GivenLimits } from "../admin/limits.ts";

/** What a component may take. Each has a default that is meant for apps which nobody tuned. */
export interface ComponentLimits {
  /** Of each memory of an instance, in bytes. */
  memoryBytes: number;
  /** Of each table of an instance. */
  tableElements: number;
  /** How long a guest may compute during one request, in milliseconds; what it waits does not count. */
  computeMs: number;
  /** Requests that are handled at the same time. */
  concurrency: number;
  /** Requests that wait for their turn; more are answered with 503. */
  queue: number;
  /** Of a request's body. */
  requestBodyBytes: number;
}

const mebibyte = 1024 * 1024;

/** As the descriptions in runtime/admin/limits.ts say. */
const defaults: ComponentLimits = {
  memoryBytes: 512 * mebibyte,
  // As Spin's.
  tableElements: 100_000,
  computeMs: 30_000,
  concurrency: 128,
  queue: 1024,
  requestBodyBytes: Number.POSITIVE_INFINITY,
};

/** The limits that were given, and defaults for the others. */
export function limitsOf(given: GivenLimits = {}): ComponentLimits {
  const known = Object.entries(given).filter(([_name, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(known) };
}

/** Memory of all instances of a host; of a machine, or of the container that it runs in, half. */
export function defaultMemoryBudget(): number {
  const constrained = process.constrainedMemory();
  return Math.min(totalmem(), constrained > 0 ? constrained : Number.POSITIVE_INFINITY) / 2;
}
