/**
 * One cluster's API, in plain JSON. The generated classes of @kubernetes/client-node drop what they do not know, hide the
 * answer of a failed request in a text, and open a connection for each request: of it, only the configuration and the
 * ways to log in are used.
 */
import type { KubeConfig } from "@kubernetes/client-node";
import { Agent, type Dispatcher } from "undici";
import { SpinError } from "../../../model/errors/index.ts";
import type { KubernetesObject } from "../../../model/kubernetes/index.ts";
import { reasonOf, withRetries } from "../../../registry/http/index.ts";
import { connectionFailure, statusFailure, type Verb } from "./failures.ts";
import { type ObjectReference, pathOf, referenceTo } from "./kinds.ts";

/** What the API server holds: an object with what it added. */
export interface LiveObject extends KubernetesObject {
  metadata: KubernetesObject["metadata"] & {
    uid: string;
    resourceVersion: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    managedFields?: ManagedFields[];
  };
}

export interface ManagedFields {
  manager: string;
  operation: string;
  time?: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}

export interface ApplyOptions {
  fieldManager: string;
  /** Take over fields that others manage. */
  force?: boolean;
  dryRun?: boolean;
}

export interface ListOptions {
  labelSelector?: string;
  fieldSelector?: string;
}

const retries = { attempts: 6, firstWaitMs: 200, longestWaitMs: 3_000, longestRetryAfterMs: 30_000 };
const answerTimeoutMs = 60_000;

export class KubernetesClient {
  /** `context "staging" (https://10.0.0.1:6443)` */
  readonly shown: string;
  /** `https://10.0.0.1:6443` */
  readonly server: string;
  /** Of the context. */
  readonly namespace: string | undefined;
  readonly #config: KubeConfig;
  readonly #server: URL;
  #access: Promise<{ dispatcher: Dispatcher; headers: Record<string, string> }> | undefined;

  constructor(config: KubeConfig) {
    const { server = "" } = config.getCurrentCluster() ?? {};
    const context = config.getCurrentContext();
    if (!URL.canParse(server)) throw noServer(context, server);
    this.#config = config;
    this.#server = new URL(server);
    this.server = this.#server.href.replace(/\/$/, "");
    this.shown = `context "${context}" (${this.#server.origin})`;
    this.namespace = config.getContextObject(context)?.namespace;
  }

  /** `undefined` when there is none. */
  async get<T extends LiveObject = LiveObject>(
    reference: ObjectReference,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    return (await this.#send("get", reference, { method: "GET", signal, absent: "is data" })) as
      | T
      | undefined;
  }

  async list<T extends LiveObject = LiveObject>(
    reference: ObjectReference,
    { labelSelector, fieldSelector }: ListOptions,
    signal: AbortSignal,
  ): Promise<T[]> {
    const query = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
    const answer = await this.#send("list", reference, { method: "GET", query, signal });
    return ((answer as { items?: T[] }).items ?? []).map((it) => ({ ...it, kind: reference.kind }));
  }

  /** Server-side apply: what the object says is ours, what it no longer says goes. */
  async apply(object: KubernetesObject, options: ApplyOptions, signal: AbortSignal): Promise<LiveObject> {
    const { fieldManager, force = false, dryRun = false } = options;
    const query = {
      fieldManager,
      fieldValidation: "Strict",
      ...(force && { force: "true" }),
      ...(dryRun && { dryRun: "All" }),
    };
    const type = "application/apply-patch+yaml";
    return (await this.#send("patch", referenceTo(object), {
      method: "PATCH",
      query,
      body: object,
      type,
      signal,
    })) as LiveObject;
  }

  /** Any other request on an object, its parts or a list: what tests and stand-ins need. */
  async request(
    method: "POST" | "PUT" | "PATCH",
    reference: ObjectReference,
    body: unknown,
    { signal, type = "application/json", part = "" }: { signal: AbortSignal; type?: string; part?: string },
  ): Promise<LiveObject> {
    const verb = method === "POST" ? "create" : method === "PUT" ? "update" : "patch";
    return (await this.#send(verb, reference, { method, body, type, part, signal })) as LiveObject;
  }

  /** `false` when there was none. With what depends on it, when `foreground`: it is gone only after that. */
  async delete(
    reference: ObjectReference,
    { foreground = false, gracePeriodSeconds }: { foreground?: boolean; gracePeriodSeconds?: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    const body = {
      propagationPolicy: foreground ? "Foreground" : "Background",
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    };
    const sent = { method: "DELETE", body, signal, absent: "is data" } as const;
    return (await this.#send("delete", reference, sent)) !== undefined;
  }

  async close(): Promise<void> {
    await (await this.#access?.catch(() => undefined))?.dispatcher.destroy();
    this.#access = undefined;
  }

  /** All requests may be sent again: each brings about a state. */
  #send(verb: Verb, reference: ObjectReference, sent: Sent): Promise<unknown> {
    return withRetries(
      (attempt) => this.#attempt(verb, reference, sent, attempt === 1),
      retries,
      sent.signal,
    );
  }

  async #attempt(
    verb: Verb,
    reference: ObjectReference,
    sent: Sent,
    mayLogInAgain: boolean,
  ): Promise<unknown> {
    const { method, query = {}, body, type = "application/json", part = "", signal, absent } = sent;
    signal.throwIfAborted();
    const { dispatcher, headers } = await this.#login();
    const search = new URLSearchParams(query).toString();
    const prefix = this.#server.pathname.replace(/\/$/, "");
    let status: number;
    let text: string;
    let retryAfter: string | undefined;
    try {
      const response = await dispatcher.request({
        origin: this.#server.origin,
        path: `${prefix}${pathOf(reference)}${part}${search === "" ? "" : `?${search}`}`,
        method,
        headers: {
          ...headers,
          accept: "application/json",
          ...(body !== undefined && { "content-type": type }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal,
        headersTimeout: answerTimeoutMs,
        bodyTimeout: answerTimeoutMs,
      });
      status = response.statusCode;
      const after = response.headers["retry-after"];
      retryAfter = Array.isArray(after) ? after[0] : after;
      text = await response.body.text();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw connectionFailure(this.shown, error);
    }
    if (status === 401 && mayLogInAgain) {
      // A token of an exec plugin may have run out.
      this.#access = undefined;
      return this.#attempt(verb, reference, sent, false);
    }
    const answer = parsed(text);
    if (status >= 200 && status < 300 && answer !== undefined) return answer;
    if (status === 404 && absent === "is data" && isAbsence(answer, reference)) return undefined;
    throw statusFailure({ status, answer, verb, reference, cluster: this.shown, retryAfter });
  }

  #login(): Promise<{ dispatcher: Dispatcher; headers: Record<string, string> }> {
    this.#access ??= this.#authenticate();
    return this.#access;
  }

  async #authenticate(): Promise<{ dispatcher: Dispatcher; headers: Record<string, string> }> {
    const { RequestContext } = await import("@kubernetes/client-node");
    const context = new RequestContext(this.#server.href, "GET");
    try {
      await this.#config.applySecurityAuthentication(context);
    } catch (error) {
      this.#access = undefined;
      const message = `Logging in to ${this.shown} failed: ${reasonOf(error)}.`;
      throw new SpinError("ERR_SPIN_CLUSTER_CONFIG", message, {
        hint: "Check the user of that context in the kubeconfig.",
      });
    }
    return { dispatcher: context.getDispatcher() ?? new Agent(), headers: context.getHeaders() };
  }
}

interface Sent {
  method: "GET" | "PATCH" | "POST" | "PUT" | "DELETE";
  query?: Record<string, string>;
  body?: unknown;
  type?: string;
  /** `/status` */
  part?: string;
  signal: AbortSignal;
  /** An object that is not there is no failure. */
  absent?: "is data";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object is not there; where its kind or a proxy's path is not, the answer names no object. */
function isAbsence(answer: unknown, { name }: ObjectReference): boolean {
  const { reason, details } = Object(answer) as { reason?: string; details?: { name?: string } };
  return reason === "NotFound" && details?.name === name;
}

function noServer(context: string, server: string): SpinError {
  return new SpinError(
    "ERR_SPIN_CLUSTER_CONFIG",
    `The cluster of the context "${context}" has no server that is a URL: "${server}".`,
  );
}
