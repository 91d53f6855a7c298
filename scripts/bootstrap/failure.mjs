/** Told apart by this mark, not by class: a test may load two copies of this module. */
const mark = Symbol.for("pulumi-spin.failure");

/** A failure that the person at the terminal can act on: what was found, and the next step. */
export class Failure extends Error {
  /**
   * @param {string} message what was found, where, and what was expected
   * @param {string} hint the next step
   * @param {{ exitCode?: number, cause?: unknown }} [options]
   */
  constructor(message, hint, { exitCode = 1, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Failure";
    this.hint = hint;
    this.exitCode = exitCode;
    Object.defineProperty(this, mark, { value: true });
  }
}

/**
 * @param {unknown} value
 * @returns {value is Failure}
 */
export function isFailure(value) {
  return typeof value === "object" && value !== null && mark in value;
}

/** The person pressed Ctrl-C, or the process was asked to end; `npm start` goes on from here. */
export class Interrupted extends Failure {
  constructor() {
    super("Interrupted.", "The same command goes on from here.", { exitCode: 130 });
  }
}

/**
 * Prints a failure to standard error: message and next step, or the stack when it is a bug of ours.
 * @param {unknown} error
 * @returns {number} the exit code
 */
export function reportFailure(error) {
  if (isFailure(error)) {
    process.stderr.write(`\n${error.message}\n${error.hint}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `\n${text}\nThis is a bug in the scripts of pulumi-spin: please report it with the lines above.\n`,
  );
  return 1;
}
