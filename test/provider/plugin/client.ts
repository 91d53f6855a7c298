/** Plays the engine: a gRPC client of a plugin server in this process, and the engine's log for it to write to. */
import type { Client, ServiceError } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { createRequire } from "node:module";
import type { Properties } from "../../../provider/definition/resource.ts";
import { Empty, grpc, messageLimits, messages, Struct } from "../../../provider/plugin/protocol.ts";
import { type PluginServer, startServer } from "../../../provider/plugin/server.ts";

const require = createRequire(import.meta.url);
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");

const signature = "4dabf18193072939515e22adb298388d";
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const secret = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
export const asset = () => ({ [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "x" });

export const toStruct = (bag: Properties) => Struct.fromJavaScript(JSON.parse(JSON.stringify(bag)));
const fromStruct = (struct: pb.CheckRequest["getNews"] extends () => infer T ? T : never): Properties =>
  struct?.toJavaScript() ?? {};

export interface LogLine {
  severity: number;
  message: string;
  urn: string;
}

export class PluginClient {
  readonly logged: LogLine[] = [];
  /** What the plugin answered to the handshake. */
  greeting: pb.ProviderHandshakeResponse.AsObject | undefined;
  readonly server: PluginServer;
  readonly #client: Client;
  readonly #engine: InstanceType<typeof grpc.Server>;

  private constructor(server: PluginServer, engine: InstanceType<typeof grpc.Server>) {
    this.server = server;
    this.#engine = engine;
    const address = `127.0.0.1:${server.port}`;
    this.#client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), messageLimits);
  }

  /** A server that has been greeted. */
  static async start(): Promise<PluginClient> {
    const engine = new grpc.Server();
    const client = new PluginClient(await startServer(), engine);
    engine.addService(EngineService, {
      log(call: { request: { toObject(): LogLine } }, answer: (error: null, empty: unknown) => void) {
        const { severity, message, urn } = call.request.toObject();
        client.logged.push({ severity, message, urn });
        answer(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const request = new messages.ProviderHandshakeRequest().setEngineAddress(`127.0.0.1:${port}`);
    client.greeting = (await client.call<pb.ProviderHandshakeResponse>("handshake", request)).toObject();
    return client;
  }

  stop(): void {
    this.#client.close();
    this.server.close();
    this.#engine.forceShutdown();
  }

  /** One call; rejects with gRPC's error. */
  call<T>(method: string, request: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const client = this.#client as unknown as Record<string, (...args: unknown[]) => void>;
      client[method]?.(request, (error: ServiceError | null, response: T) =>
        error === null ? resolve(response) : reject(error),
      );
    });
  }

  async configure(args: Properties): Promise<void> {
    await this.call("configure", new messages.ConfigureRequest().setArgs(toStruct(args)));
  }

  async check(
    kind: string,
    news: Properties,
    request = new messages.CheckRequest(),
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
    request.setUrn(urnOf(kind)).setType(`spin:index:${kind}`).setName("it").setNews(toStruct(news));
    const response = await this.call<pb.CheckResponse>("check", request);
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(kind: string, olds: Properties, news: Properties): Promise<pb.DiffResponse.AsObject> {
    const request = new messages.DiffRequest().setUrn(urnOf(kind)).setOlds(toStruct(olds));
    return (await this.call<pb.DiffResponse>("diff", request.setNews(toStruct(news)))).toObject();
  }

  async create(
    kind: string,
    inputs: Properties,
    preview = false,
  ): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest().setUrn(urnOf(kind)).setPreview(preview);
    const response = await this.call<pb.CreateResponse>("create", request.setProperties(toStruct(inputs)));
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async update(kind: string, olds: Properties, news: Properties, preview = false): Promise<Properties> {
    const request = new messages.UpdateRequest().setUrn(urnOf(kind)).setId("it").setPreview(preview);
    request.setOlds(toStruct(olds)).setNews(toStruct(news));
    return fromStruct((await this.call<pb.UpdateResponse>("update", request)).getProperties());
  }

  async read(
    kind: string,
    id: string,
    state?: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties }> {
    const request = new messages.ReadRequest().setUrn(urnOf(kind)).setId(id);
    if (state !== undefined) request.setProperties(toStruct(state)).setInputs(toStruct(state));
    const response = await this.call<pb.ReadResponse>("read", request);
    return {
      id: response.getId(),
      outputs: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async delete(kind: string, id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urnOf(kind)).setId(id);
    await this.call("delete", request.setProperties(toStruct(state)));
  }
}

function urnOf(kind: string): string {
  return `urn:pulumi:dev::shop::spin:index:${kind}::it`;
}
