/** wasi:http/types `request-options`; durations in nanoseconds. */
export class RequestOptions {
  #connectTimeout: bigint | undefined;
  #firstByteTimeout: bigint | undefined;
  #betweenBytesTimeout: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connectTimeout;
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#connectTimeout = duration;
  }

  firstByteTimeout(): bigint | undefined {
    return this.#firstByteTimeout;
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByteTimeout = duration;
  }

  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytesTimeout;
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytesTimeout = duration;
  }
}
