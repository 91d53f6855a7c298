/** wasi:io/error: why a stream operation failed. */
export class IoError {
  readonly #cause: unknown;

  constructor(cause: unknown) {
    this.#cause = cause;
  }

  toDebugString(): string {
    return this.#cause instanceof Error ? this.#cause.message : String(this.#cause);
  }

  /** Read by `wasi:http/types#http-error-code` and its like. */
  static causeOf(error: IoError): unknown {
    return error.#cause;
  }
}
