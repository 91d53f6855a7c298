import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { describeIssue, SpinError } from "../../model/errors/index.ts";
import { checkConfiguration, readConfiguration, secretSettings } from "../definition/read-configuration.ts";
import { packageSchema } from "../schema/package-schema.ts";
import { unary } from "./call.ts";
import { connectLog } from "./engine-log.ts";
import { toCheckFailures } from "./failures.ts";
import { invoke } from "./invoke.ts";
import { Empty, messages, PluginInfo } from "./protocol.ts";
import { ResourceCalls } from "./resource-calls.ts";
import type { Session } from "./session.ts";
import { fromStruct, fromStructWithSecrets, toStruct } from "./structs.ts";

/**
 * The service ResourceProvider (pulumi/pulumi proto/pulumi/provider.proto). Methods that are missing here answer
 * UNIMPLEMENTED, as the protocol wants it: Parameterize, Call, Construct, List.
 */
export function resourceProvider(session: Session, version: string): UntypedServiceImplementation {
  const calls = new ResourceCalls(session);
  return {
    handshake: unary<pb.ProviderHandshakeRequest, pb.ProviderHandshakeResponse>(session, (request) => {
      session.log = connectLog(request.getEngineAddress());
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      response.setAcceptOutputs(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    attach: unary<{ getAddress(): string }, InstanceType<typeof Empty>>(session, (request) => {
      session.log = connectLog(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: unary(session, () => new PluginInfo().setVersion(version)),
    getSchema: unary<pb.GetSchemaRequest, pb.GetSchemaResponse>(session, (request) => {
      if (request.getSubpackageName() !== "") throw noSubpackage(request.getSubpackageName());
      return new messages.GetSchemaResponse().setSchema(JSON.stringify(packageSchema(version)));
    }),
    getMapping: unary(session, () => new messages.GetMappingResponse()),
    getMappings: unary(session, () => new messages.GetMappingsResponse()),

    checkConfig: unary<pb.CheckRequest, pb.CheckResponse>(session, (request) => {
      const { properties, secrets } = fromStructWithSecrets(request.getNews());
      const issues = checkConfiguration(properties);
      for (const found of issues.filter(({ severity }) => severity === "warning"))
        session.log.warn(describeIssue(found), request.getUrn());
      const response = new messages.CheckResponse();
      // In state they are secret, also where whoever wrote them did not say so.
      const hidden = secretSettings.map((name) => [name]);
      response.setInputs(toStruct(properties, { preview: true, secrets: [...hidden, ...secrets] }));
      response.setFailuresList(toCheckFailures(issues));
      return response;
    }),
    // Settings are defaults of inputs: a change shows in the resources that it concerns, and never in all of them.
    diffConfig: unary<pb.DiffRequest, pb.DiffResponse>(session, () =>
      new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE),
    ),
    configure: unary<pb.ConfigureRequest, pb.ConfigureResponse>(session, (request) => {
      session.configuration = readConfiguration(fromStruct(request.getArgs()));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setAcceptoutputs(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),

    check: unary<pb.CheckRequest, pb.CheckResponse>(session, (request, signal) =>
      calls.check(request, signal),
    ),
    diff: unary<pb.DiffRequest, pb.DiffResponse>(session, (request) => calls.diff(request)),
    create: unary<pb.CreateRequest, pb.CreateResponse>(session, (request, signal) =>
      calls.create(request, signal),
    ),
    read: unary<pb.ReadRequest, pb.ReadResponse>(session, (request, signal) => calls.read(request, signal)),
    update: unary<pb.UpdateRequest, pb.UpdateResponse>(session, (request, signal) =>
      calls.update(request, signal),
    ),
    delete: unary<pb.DeleteRequest, InstanceType<typeof Empty>>(session, async (request, signal) => {
      await calls.delete(request, signal);
      return new Empty();
    }),

    invoke: unary<pb.InvokeRequest, pb.InvokeResponse>(session, (request, signal) =>
      invoke(request, session, signal),
    ),

    cancel: unary(session, () => {
      for (const call of session.open) call.abort(new Error("the update was canceled"));
      return new Empty();
    }),
  };
}

function noSubpackage(name: string): SpinError {
  return new SpinError(
    "ERR_SPIN_RESOURCE_UNKNOWN",
    `The package spin has no subpackage ${JSON.stringify(name)}.`,
  );
}
