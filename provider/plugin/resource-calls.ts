/** Check, diff, create, read, update and delete of any resource, by its definition. */
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { issueOf } from "../definition/check.ts";
import { type Context, contextOf } from "../definition/context.ts";
import { type Engine, engineOf } from "../definition/engine.ts";
import { withIdentity } from "../definition/identity.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown } from "../definition/unknown.ts";
import { resources } from "../resources/index.ts";
import { type Path } from "../wire/decode.ts";
import { checkedForm } from "./bags.ts";
import { toDiffResponse } from "./differences.ts";
import { recordingPartialFailure, toCheckFailures } from "./failures.ts";
import { withName } from "./names.ts";
import { messages } from "./protocol.ts";
import type { Session } from "./session.ts";
import { fromStruct, fromStructWithSecrets, type StructMessage, toStruct } from "./structs.ts";

/** The calls that concern a resource, bound to a session. */
export class ResourceCalls {
  readonly #session: Session;
  readonly #engines = new Map(
    resources.map((definition) => [definition.token as string, engineOf(definition)]),
  );

  constructor(session: Session) {
    this.#session = session;
  }

  async check(request: pb.CheckRequest, signal: AbortSignal): Promise<pb.CheckResponse> {
    const engine = this.#engineFor(request);
    const { definition } = engine;
    const response = new messages.CheckResponse();
    try {
      const { properties, secrets } = fromStructWithSecrets(request.getNews());
      const given = { ...definition.configured?.(this.#session.configuration), ...properties };
      const old = fromStruct(request.getOlds());
      const { inputs, derived, issues } = await engine.check(
        withName(definition, given, request),
        this.#context(request, signal),
        { secrets, old: Object.keys(old).length === 0 ? undefined : old },
      );
      const form = checkedForm(definition, { ...inputs, ...derived });
      response.setInputs(toBag(engine, form, secrets, hasUnknown(inputs)));
      response.setFailuresList(toCheckFailures(issues));
    } catch (error) {
      if (!isSpinError(error) || error.fault !== "user") throw error;
      response.setInputs(request.getNews());
      response.setFailuresList(toCheckFailures([issueOf(error)]));
    }
    return response;
  }

  diff(request: pb.DiffRequest): pb.DiffResponse {
    const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
    return toDiffResponse(this.#engineFor(request).diff(olds, news));
  }

  async create(request: pb.CreateRequest, signal: AbortSignal): Promise<pb.CreateResponse> {
    const engine = this.#engineFor(request);
    const context = this.#context(request, signal);
    const { properties, secrets } = fromStructWithSecrets(request.getProperties());
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      return response.setProperties(
        toBag(engine, await this.#preview(engine, properties, context), secrets, true),
      );
    }
    const { id, outputs } = await recordingPartialFailure(
      () => engine.create(properties, context, limitOf(request)),
      (partial) => ({ outputs: toBag(engine, partial, secrets), inputs: request.getProperties() }),
    );
    return response.setId(id).setProperties(toBag(engine, outputs, secrets));
  }

  async read(request: pb.ReadRequest, signal: AbortSignal): Promise<pb.ReadResponse> {
    const engine = this.#engineFor(request);
    const { definition } = engine;
    const state = fromStructWithSecrets(request.getProperties());
    const inputs = fromStructWithSecrets(request.getInputs());
    const isImport =
      Object.keys(state.properties).length === 0 && Object.keys(inputs.properties).length === 0;
    const response = new messages.ReadResponse();
    if (definition.read === undefined) {
      if (isImport) throw nothingToImport(definition);
      return response
        .setId(request.getId())
        .setProperties(request.getProperties())
        .setInputs(request.getInputs());
    }
    const given = { ...inputs.properties, ...state.properties };
    const known = withIdentity(definition, request.getId(), given, this.#session.configuration);
    const context = this.#context(request, signal);
    const observed = await engine.read(request.getId(), known, context, limitOf(request));
    if (observed === undefined) return response;
    const secrets = [...state.secrets, ...inputs.secrets];
    return response
      .setId(request.getId())
      .setProperties(toBag(engine, observed.outputs, secrets))
      .setInputs(toBag(engine, checkedForm(definition, observed.inputs), secrets));
  }

  async update(request: pb.UpdateRequest, signal: AbortSignal): Promise<pb.UpdateResponse> {
    const engine = this.#engineFor(request);
    const context = this.#context(request, signal);
    const { properties, secrets } = fromStructWithSecrets(request.getNews());
    const olds = fromStruct(request.getOlds());
    const response = new messages.UpdateResponse();
    if (request.getPreview()) {
      const planned = await this.#preview(engine, properties, context, olds);
      return response.setProperties(toBag(engine, planned, secrets, true));
    }
    const outputs = await recordingPartialFailure(
      () => engine.update(request.getId(), olds, properties, context, limitOf(request)),
      (partial) => ({ outputs: toBag(engine, partial, secrets), inputs: request.getNews() }),
    );
    return response.setProperties(toBag(engine, outputs, secrets));
  }

  async delete(request: pb.DeleteRequest, signal: AbortSignal): Promise<void> {
    const state = fromStruct(request.getProperties());
    const context = this.#context(request, signal);
    await this.#engineFor(request).delete(request.getId(), state, context, limitOf(request));
  }

  async #preview(
    engine: Engine,
    inputs: Properties,
    context: Context,
    olds?: Properties,
  ): Promise<Properties> {
    const planned = await engine.plan(inputs, context, olds);
    await engine.tryOut(planned, context, olds);
    return planned;
  }

  #context(request: { getUrn(): string }, signal: AbortSignal): Context {
    const { log, configuration } = this.#session;
    const urn = request.getUrn();
    return contextOf({
      // The engine starts the plugin in the program's folder.
      projectDir: process.cwd(),
      configuration,
      signal,
      log(message, severity = "info") {
        if (severity === "info") log.info(message, urn);
        else if (severity === "warning") log.warn(message, urn);
        else log.error(message, urn);
      },
    });
  }

  #engineFor(request: { getType(): string; getUrn(): string }): Engine {
    // Older engines tell the type in the URN alone: urn:pulumi:<stack>::<project>::<parents$type>::<name>
    const token = request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
    const engine = this.#engines.get(token);
    if (engine !== undefined) return engine;
    throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", `This version of pulumi-spin has no resource ${token}.`);
  }
}

/** Properties for the wire: what came as a secret is one again, and what the definition knows to be one. */
function toBag(engine: Engine, bag: Properties, secrets: Path[], preview = false): StructMessage {
  return toStruct(bag, { preview, secrets: [...secrets, ...engine.secrets(bag)] });
}

/** `customTimeouts` of the resource; the protocol has seconds, and 0 for none. */
function limitOf(request: { getTimeout(): number }): { timeoutMs?: number } {
  return request.getTimeout() > 0 ? { timeoutMs: request.getTimeout() * 1000 } : {};
}

/** A resource that only computes is in no outside world to be found in. */
function nothingToImport({ token }: ResourceDefinition): SpinError {
  const kind = token.split(":").at(-1);
  const message = `A ${kind} is nothing outside of the program: there is none to import.`;
  return new SpinError("ERR_SPIN_IMPORT_PURE", message);
}
