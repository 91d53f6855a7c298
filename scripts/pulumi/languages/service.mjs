// @ts-nocheck -- gRPC and the SDK are resolved at run time, so nothing here has types.
/** gRPC and Pulumi's messages: those of the @pulumi/pulumi that the program or the checkout around it has installed. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const maxMessageBytes = 400 * 1024 * 1024;

/** Finds the SDK from the first of the folders that has it; the process ends with what to do when none has. */
export function loadSdk(folders) {
  const fromSdk = createRequire(locateSdk(folders));
  const grpc = fromSdk("@grpc/grpc-js");
  const { LanguageRuntimeService } = fromSdk("@pulumi/pulumi/proto/language_grpc_pb.js");
  return {
    grpc,
    messages: fromSdk("@pulumi/pulumi/proto/language_pb.js"),
    PluginInfo: fromSdk("@pulumi/pulumi/proto/plugin_pb.js").PluginInfo,
    Empty: fromSdk("google-protobuf/google/protobuf/empty_pb.js").Empty,
    version: readJson(fromSdk.resolve("@pulumi/pulumi/package.json")).version,
    /** Listens on a free port, and says which in the first line of standard output, as the CLI expects. */
    serve(service) {
      const server = new grpc.Server({
        "grpc.max_receive_message_length": maxMessageBytes,
        "grpc.max_send_message_length": maxMessageBytes,
      });
      server.addService(LanguageRuntimeService, service);
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) throw error;
        process.stdout.write(`${port}\n`);
      });
    },
    unary: (handle) => async (call, callback) => {
      try {
        callback(null, await handle(call));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, message });
      }
    },
    /** Ends a stream with a failure that the CLI shows. */
    fail: (call, message) => call.destroy(Object.assign(new Error(message), { code: grpc.status.UNKNOWN })),
  };
}

export function withValues(message, values) {
  for (const [name, value] of Object.entries(values)) message[`set${name}`](value);
  return message;
}

export function resolveFrom(dir, name) {
  return createRequire(join(dir, "program.js")).resolve(name);
}

export function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function locateSdk(folders) {
  for (const folder of folders.filter((candidate) => candidate)) {
    try {
      return resolveFrom(folder, "@pulumi/pulumi/package.json");
    } catch {
      continue;
    }
  }
  process.stderr.write(`@pulumi/pulumi is not installed in ${folders[0]}: run npm install there.\n`);
  process.exit(1);
}
