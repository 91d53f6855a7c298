/** The lifecycle of a resource through either front end, as the engine drives it, and what it records of a failure. */
import { Buffer } from "node:buffer";
import type { ServiceError } from "@grpc/grpc-js";
import type { Properties } from "../../../provider/definition/resource.ts";
import { handle } from "../../../provider/dynamic/index.ts";
import { messages, Status } from "../../../provider/plugin/protocol.ts";
import { checked, stored } from "../dynamic/handlers.ts";
import { PluginClient } from "../plugin/client.ts";

export interface State {
  id: string;
  outputs: Properties;
}

/** A failed operation: what the user reads, and what the state then has. */
export class Failure extends Error {
  readonly recorded: State | undefined;

  constructor(message: string, recorded: State | undefined) {
    super(message);
    this.recorded = recorded;
  }
}

export interface FrontEnd {
  check(kind: string, news: Properties, olds?: Properties): Promise<Properties>;
  /** Whether a preview would show a change. */
  differs(kind: string, state: State, inputs: Properties): Promise<boolean>;
  create(kind: string, inputs: Properties): Promise<State>;
  update(kind: string, state: State, inputs: Properties): Promise<State>;
  read(kind: string, state: State): Promise<State | undefined>;
  delete(kind: string, state: State): Promise<void>;
  stop(): void;
}

/** The dynamic provider's handlers. */
export function openDynamic(): FrontEnd {
  const handlers = (kind: string) => handle(`spin:index:${kind}`);
  return {
    check: async (kind, news, olds) => stored(await checked(kind, news, olds)),
    async differs(kind, { id, outputs }, inputs) {
      const { changes } = await handlers(kind).diff(id, { ...stored(outputs), __provider: "text" }, inputs);
      return changes !== false;
    },
    create: (kind, inputs) =>
      failing(async () => {
        const { id, outs } = await handlers(kind).create(inputs);
        return { id, outputs: outs };
      }),
    update: (kind, { id, outputs }, inputs) =>
      failing(async () => ({
        id,
        outputs: (await handlers(kind).update(id, stored(outputs), inputs)).outs,
      })),
    read: (kind, { id, outputs }) =>
      failing(async () => {
        const { props } = await handlers(kind).read(id, stored(outputs));
        return props && { id, outputs: props };
      }),
    delete: (kind, { id, outputs }) => failing(() => handlers(kind).delete(id, stored(outputs))),
    stop: () => undefined,
  };
}

/** The plugin's gRPC server and a client that plays the engine. */
export async function openPlugin(): Promise<FrontEnd> {
  const plugin = await PluginClient.start();
  await plugin.configure({});
  return {
    async check(kind, news) {
      const { inputs, failures } = await plugin.check(kind, news);
      if (failures.length > 0) throw new Error(JSON.stringify(failures));
      return inputs;
    },
    async differs(kind, { outputs }, inputs) {
      const { changes } = await plugin.diff(kind, outputs, inputs);
      return changes !== messages.DiffResponse.DiffChanges.DIFF_NONE;
    },
    create: (kind, inputs) => failing(() => plugin.create(kind, inputs)),
    update: (kind, { id, outputs }, inputs) =>
      failing(async () => ({ id, outputs: await plugin.update(kind, outputs, inputs) })),
    read: (kind, { id, outputs }) =>
      failing(async () => {
        const found = await plugin.read(kind, id, outputs);
        return found.id === "" ? undefined : { id: found.id, outputs: found.outputs };
      }),
    delete: (kind, { id, outputs }) => failing(() => plugin.delete(kind, id, outputs)),
    stop: () => plugin.stop(),
  };
}

async function failing<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { id, properties, metadata, details, message } = error as ServiceError & {
      id?: string;
      properties?: Properties;
    };
    const packed = metadata?.get("grpc-status-details-bin")[0];
    const recorded =
      packed === undefined ? id && { id, outputs: properties ?? {} } : unpacked(Buffer.from(packed));
    throw new Failure(details ?? message, recorded || undefined);
  }
}

/** pulumirpc.ErrorResourceInitFailed, as the engine reads it. */
function unpacked(status: Buffer): State {
  const [detail] = Status.deserializeBinary(status).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? Buffer.of());
  return { id: failed.getId(), outputs: failed.getProperties()?.toJavaScript() ?? {} };
}
