import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { issueOf } from "../definition/check.ts";
import { contextOf } from "../definition/context.ts";
import { callFunction } from "../definition/function.ts";
import { functions } from "../functions/index.ts";
import { toCheckFailures } from "./failures.ts";
import { messages } from "./protocol.ts";
import type { Session } from "./session.ts";
import { fromStruct, toStruct } from "./structs.ts";

/** Answers a function of the schema; what is wrong with an argument is told at its place. */
export async function invoke(
  request: pb.InvokeRequest,
  { log, configuration }: Session,
  signal: AbortSignal,
): Promise<pb.InvokeResponse> {
  const definition = functions.find(({ token }) => token === request.getTok());
  if (definition === undefined) {
    const message = `This version of pulumi-spin has no function ${request.getTok()}.`;
    throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", message);
  }
  const projectDir = process.cwd();
  const context = contextOf({ projectDir, configuration, signal, log: (message) => log.info(message) });
  const response = new messages.InvokeResponse();
  try {
    const answer = await callFunction(definition, fromStruct(request.getArgs()), context);
    return response.setReturn(toStruct(answer));
  } catch (error) {
    if (!isSpinError(error) || error.path === undefined || error.path === "") throw error;
    return response.setFailuresList(toCheckFailures([issueOf(error)]));
  }
}
