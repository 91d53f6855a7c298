import { shorten } from "./shorten.ts";
import { type Code, type Fault, table } from "./table.ts";

/** Marks errors of this package across copies of it: a program and a provider process each load their own. */
const brand = Symbol.for("pulumi-spin.error");

export interface SpinErrorOptions {
  /** Where the fault is: a property path (`triggers[1].route`), or `file:line:column`. */
  path?: string;
  /** Replaces the table's next step when the place that throws knows a better one. */
  hint?: string;
  cause?: unknown;
}

/**
 * A failure with a stable code. `message` says what was found, where, and what was expected; `hint` is the next step.
 * Neither ever holds a secret.
 */
export class SpinError extends Error {
  readonly [brand] = true;
  readonly code: Code;
  readonly fault: Fault;
  readonly hint: string;
  readonly path: string | undefined;

  constructor(code: Code, message: string, options: SpinErrorOptions = {}) {
    super(shorten(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SpinError";
    this.code = code;
    this.fault = table[code].fault;
    this.hint = shorten(options.hint ?? table[code].hint);
    this.path = options.path;
  }
}

export function isSpinError(value: unknown): value is SpinError {
  return typeof value === "object" && value !== null && brand in value;
}

/** One line for a person: code, message, next step. */
export function describeError(error: unknown): string {
  if (isSpinError(error)) return `${error.message.replace(/\.$/, "")} (${error.code}). ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
