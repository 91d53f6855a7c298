import type { ServiceError } from "@grpc/grpc-js";
import {
  describeError,
  describeIssue,
  type Fault,
  type Issue,
  isSpinError,
} from "../../model/errors/index.ts";
import { grpc, messages } from "./protocol.ts";

/** Anything but these the engine takes for a sign that its state may be corrupt. */
const codes = {
  user: grpc.status.FAILED_PRECONDITION,
  remote: grpc.status.UNAVAILABLE,
  bug: grpc.status.INTERNAL,
} as const satisfies Record<Fault, number>;

/** An error as gRPC carries it. Of a bug, the stack goes along. */
export function toServiceError(error: unknown, signal: AbortSignal): Partial<ServiceError> {
  if (signal.aborted) return { code: grpc.status.CANCELLED, details: describeError(signal.reason) };
  if (isSpinError(error)) return { code: codes[error.fault], details: describeError(error) };
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: codes.bug, details: `This is a bug in pulumi-spin, please report it. ${details}` };
}

/** The errors among the issues, each at its property. */
export function toCheckFailures(issues: Issue[]): InstanceType<typeof messages.CheckFailure>[] {
  return issues
    .filter(({ severity }) => severity === "error")
    .map((found) => {
      const failure = new messages.CheckFailure();
      failure.setProperty(found.path);
      failure.setReason(`${describeIssue({ ...found, path: "" })} [${found.code}]`);
      return failure;
    });
}
