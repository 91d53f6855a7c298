export {
  type Answer,
  type Body,
  createExchange,
  discard,
  type Exchange,
  failureOf,
  readBody,
} from "./exchange.ts";
export { connectionFailure, protocolFailure, shown } from "./failure.ts";
export { reasonOf } from "./reason.ts";
export { defaultRetryPolicy, type RetryPolicy, waitFor, withRetries } from "./retry.ts";
