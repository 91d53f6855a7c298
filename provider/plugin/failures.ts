import type { ServiceError } from "@grpc/grpc-js";
import {
  describeError,
  describeIssue,
  type Fault,
  type Issue,
  isSpinError,
} from "../../model/errors/index.ts";
import { isPartialFailure } from "../definition/partial-failure.ts";
import type { Properties } from "../definition/resource.ts";
import { Any, grpc, messages, Status } from "./protocol.ts";
import type { StructMessage } from "./structs.ts";

/** Anything but these the engine takes for a sign that its state may be corrupt. */
const codes = {
  user: grpc.status.FAILED_PRECONDITION,
  remote: grpc.status.UNAVAILABLE,
  bug: grpc.status.INTERNAL,
} as const satisfies Record<Fault, number>;

/** An error as gRPC carries it. Of a bug, the stack goes along. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  if (isRecorded(error)) return { ...toServiceError(error.cause), metadata: error.metadata };
  if (isSpinError(error)) {
    const code = error.code === "ERR_SPIN_OPERATION_CANCELLED" ? grpc.status.CANCELLED : codes[error.fault];
    return { code, details: describeError(error) };
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: codes.bug, details: `This is a bug in pulumi-spin, please report it. ${details}` };
}

/** A failure together with what the engine shall record of the resource, which exists by half. */
interface Recorded {
  cause: unknown;
  metadata: InstanceType<typeof grpc.Metadata>;
}

function isRecorded(error: unknown): error is Recorded {
  return typeof error === "object" && error !== null && "metadata" in error && "cause" in error;
}

/** Does the operation; when it fails half-way, the engine is told id and properties of what exists. */
export async function recordingPartialFailure<T>(
  operation: () => Promise<T>,
  describe: (outputs: Properties) => { outputs: StructMessage; inputs: StructMessage | undefined },
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!isPartialFailure(error)) throw error;
    const { outputs, inputs } = describe(error.outputs);
    const reason = describeError(error.cause);
    const detail = new messages.ErrorResourceInitFailed().setId(error.id).setReasonsList([reason]);
    detail.setProperties(outputs).setInputs(inputs);
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    // gRPC for Go drops details whose code is not the call's.
    const { code = codes.bug, details = reason } = toServiceError(error.cause);
    const status = new Status().setCode(code).setMessage(details);
    status.addDetails(packed);
    const metadata = new grpc.Metadata();
    // Where gRPC carries google.rpc.Status; its libraries for Go read it from there by themselves.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    throw Object.assign(new Error(reason, { cause: error.cause }), { metadata });
  }
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
