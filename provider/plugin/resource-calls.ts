/** Check, diff, create, read, update and delete of any resource, by its definition. */
import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { check, issueOf } from "../definition/check.ts";
import { contextOf } from "../definition/context.ts";
import { diff } from "../definition/diff.ts";
import type { Context, Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown } from "../definition/unknown.ts";
import { resources } from "../resources/index.ts";
import { checkedForm, ownInputs, secretsIn } from "./bags.ts";
import { toDiffResponse } from "./differences.ts";
import { toCheckFailures } from "./failures.ts";
import { withName } from "./names.ts";
import { messages } from "./protocol.ts";
import type { Session } from "./session.ts";
import { fromStruct, fromStructWithSecrets, toStruct } from "./structs.ts";

/** The calls that concern a resource, bound to a session. */
export class ResourceCalls {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async check(request: pb.CheckRequest): Promise<pb.CheckResponse> {
    const response = new messages.CheckResponse();
    const definition = definitionOf(request);
    try {
      const { properties, secrets } = fromStructWithSecrets(request.getNews());
      const given = { ...definition.configured?.(this.#session.configuration), ...properties };
      const named = withName(definition, given, request);
      const context = this.#context(request.getUrn());
      const { inputs, derived, issues } = await check(definition, named, context, { secrets });
      response.setFailuresList(toCheckFailures(issues));
      const form = checkedForm(definition, { ...inputs, ...derived });
      response.setInputs(
        toStruct(form, { preview: hasUnknown(inputs), secrets: secretsIn(definition, form, secrets) }),
      );
    } catch (error) {
      if (!isSpinError(error) || error.fault !== "user") throw error;
      response.setInputs(request.getNews());
      response.setFailuresList(toCheckFailures([issueOf(error)]));
    }
    return response;
  }

  diff(request: pb.DiffRequest): pb.DiffResponse {
    const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
    return toDiffResponse(diff(definitionOf(request), olds, news), olds, news);
  }

  async create(request: pb.CreateRequest): Promise<pb.CreateResponse> {
    const definition = definitionOf(request);
    const urn = request.getUrn();
    const { properties, secrets } = fromStructWithSecrets(request.getProperties());
    const preview = request.getPreview();
    const wanted = await this.#complete(definition, urn, properties);
    const created = preview ? undefined : await definition.create?.(wanted, this.#context(urn));
    const outputs = created?.outputs ?? wanted;
    const response = new messages.CreateResponse();
    if (!preview) response.setId(created?.id ?? definition.identify(wanted));
    response.setProperties(toStruct(outputs, { preview, secrets: secretsIn(definition, outputs, secrets) }));
    return response;
  }

  async read(request: pb.ReadRequest): Promise<pb.ReadResponse> {
    const definition = definitionOf(request);
    const state = fromStructWithSecrets(request.getProperties());
    const inputs = fromStructWithSecrets(request.getInputs());
    const response = new messages.ReadResponse();
    if (definition.read === undefined) {
      if (!request.hasProperties() && !request.hasInputs()) throw nothingToImport(definition);
      response.setId(request.getId());
      response.setProperties(request.getProperties());
      response.setInputs(request.getInputs());
      return response;
    }
    const observed = await definition.read(
      request.getId(),
      state.properties,
      this.#context(request.getUrn()),
    );
    if (observed === undefined) return response;
    const secrets = [...state.secrets, ...inputs.secrets];
    const form = checkedForm(definition, observed.inputs);
    response.setId(request.getId());
    response.setProperties(
      toStruct(observed.outputs, { secrets: secretsIn(definition, observed.outputs, secrets) }),
    );
    response.setInputs(toStruct(form, { secrets: secretsIn(definition, form, secrets) }));
    return response;
  }

  async update(request: pb.UpdateRequest): Promise<pb.UpdateResponse> {
    const definition = definitionOf(request);
    const urn = request.getUrn();
    const { properties, secrets } = fromStructWithSecrets(request.getNews());
    const preview = request.getPreview();
    const wanted = await this.#complete(definition, urn, properties);
    const olds = fromStruct(request.getOlds());
    const updated = preview
      ? undefined
      : await definition.update?.(request.getId(), olds, wanted, this.#context(urn));
    const outputs = updated ?? wanted;
    const response = new messages.UpdateResponse();
    response.setProperties(toStruct(outputs, { preview, secrets: secretsIn(definition, outputs, secrets) }));
    return response;
  }

  async delete(request: pb.DeleteRequest): Promise<void> {
    const state = fromStruct(request.getProperties());
    await definitionOf(request).delete?.(request.getId(), state, this.#context(request.getUrn()));
  }

  #context(urn: string): Context {
    // The engine starts the plugin in the program's folder.
    const { log } = this.#session;
    return contextOf({
      projectDir: process.cwd(),
      log(message, severity = "info") {
        if (severity === "info") log.info(message, urn);
        else if (severity === "warning") log.warn(message, urn);
        else log.error(message, urn);
      },
    });
  }

  /** Checked inputs, and all that follows from them. */
  async #complete(definition: ResourceDefinition, urn: string, inputs: Properties): Promise<Properties> {
    const own = ownInputs(definition, inputs);
    return { ...inputs, ...(await definition.derive?.(own, this.#context(urn))) };
  }
}

/** A resource that only computes is in no outside world to be found in. */
function nothingToImport({ token }: ResourceDefinition): SpinError {
  const kind = token.split(":").at(-1);
  const message = `A ${kind} is nothing outside of the program: there is none to import.`;
  return new SpinError("ERR_SPIN_IMPORT_PURE", message);
}

function definitionOf(request: { getType(): string; getUrn(): string }): ResourceDefinition {
  // Older engines tell the type in the URN alone: urn:pulumi:<stack>::<project>::<parents$type>::<name>
  const token = request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
  const definition = resources.find((resource) => resource.token === token);
  if (definition !== undefined) return definition;
  throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", `This version of pulumi-spin has no resource ${token}.`);
}
