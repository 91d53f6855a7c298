/**
 * gRPC and Pulumi's messages, in the one copy that @pulumi/pulumi has: messages of two copies do not mix. They are
 * CommonJS whose exports Node cannot see from outside, hence `require`.
 */
import { createRequire } from "node:module";

const own = createRequire(import.meta.url);
const fromSdk = createRequire(own.resolve("@pulumi/pulumi/package.json"));

export const grpc = fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
export const { Struct } = fromSdk(
  "google-protobuf/google/protobuf/struct_pb.js",
) as typeof import("google-protobuf/google/protobuf/struct_pb.js");
export const { Empty } = fromSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
) as typeof import("google-protobuf/google/protobuf/empty_pb.js");
export const { Any } = fromSdk(
  "google-protobuf/google/protobuf/any_pb.js",
) as typeof import("google-protobuf/google/protobuf/any_pb.js");

export const messages = own(
  "@pulumi/pulumi/proto/provider_pb.js",
) as typeof import("@pulumi/pulumi/proto/provider_pb.js");
export const { ResourceProviderService } = own(
  "@pulumi/pulumi/proto/provider_grpc_pb.js",
) as typeof import("@pulumi/pulumi/proto/provider_grpc_pb.js");
export const { PluginInfo } = own(
  "@pulumi/pulumi/proto/plugin_pb.js",
) as typeof import("@pulumi/pulumi/proto/plugin_pb.js");
export const { EngineClient } = own(
  "@pulumi/pulumi/proto/engine_grpc_pb.js",
) as typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js");
export const { LogRequest, LogSeverity } = own(
  "@pulumi/pulumi/proto/engine_pb.js",
) as typeof import("@pulumi/pulumi/proto/engine_pb.js");
export const { Status } = own(
  "@pulumi/pulumi/proto/status_pb.js",
) as typeof import("@pulumi/pulumi/proto/status_pb.js");

/** As the engine allows them: definitions of big applications pass gRPC's default of 4 MiB. */
export const messageLimits = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};
