import { IoError } from "../io/error.ts";

/** wasi:http/types `error-code`: a case name, and its payload where the case has one. */
export interface ErrorCode {
  tag: string;
  val?: unknown;
}

/** An HTTP failure on its way through Node streams to a guest. */
export class HttpFailure extends Error {
  readonly errorCode: ErrorCode;

  constructor(errorCode: ErrorCode, options?: ErrorOptions) {
    super(`wasi:http error ${errorCode.tag}`, options);
    this.name = "HttpFailure";
    this.errorCode = errorCode;
  }
}

/** wasi:http/types#http-error-code: what an error of a body stream means in HTTP. */
export function httpErrorCode(error: IoError): ErrorCode | undefined {
  const cause = IoError.causeOf(error);
  return cause instanceof HttpFailure ? cause.errorCode : undefined;
}
