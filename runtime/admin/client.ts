/** The bundled host from outside: `import { connect } from "pulumi-spin/host"`. */
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Code, isSpinError, SpinError } from "../../model/errors/index.ts";
import { type RetryPolicy, withRetries } from "../../registry/http/retry.ts";
import { transient } from "../../registry/http/transience.ts";
import { isJson, shaped, strange } from "./answer.ts";
import { isAlive } from "./is-alive.ts";
import { resolveStateDir, socketPath } from "./paths.ts";
import type { AppStatus, Denial, Deployment, HostStatus, PulledApp, PullRequest } from "./protocol.ts";
import {
  isListening,
  isNobodyListening,
  openRequest,
  requestJson,
  type SocketRequest,
} from "./socket-client.ts";
import { appShape, statusShape } from "./shapes.ts";
import { startHost } from "./start-host.ts";

export type { AppStatus, Denial, Deployment, HostStatus } from "./protocol.ts";

export interface ConnectOptions {
  /** The host's folder. Default: PULUMI_SPIN_HOST_DIR, else the user's state folder. */
  stateDir?: string;
  /** Start the host when it does not run. Default: false. */
  start?: boolean;
  signal?: AbortSignal;
}

/** A host that answers. With `start: false`, `undefined` when none runs: its apps may still be on its disk. */
export async function connect(options: ConnectOptions & { start: true }): Promise<HostClient>;
export async function connect(options?: ConnectOptions): Promise<HostClient | undefined>;
export async function connect({ stateDir, start = false, signal }: ConnectOptions = {}): Promise<
  HostClient | undefined
> {
  const folder = resolveStateDir(stateDir);
  const client = new HostClient(folder, signal);
  if ((await client.answering()) !== undefined) return client;
  // Where the engine answers, a host runs: its control process is just being replaced.
  if (!start && !(await isListening(socketPath(folder, "engine")))) return undefined;
  await startHost(folder, () => client.answering(), signal);
  return client;
}

/** Whether a host ever lived in this folder. */
export function hasHostState(stateDir?: string): boolean {
  return existsSync(join(resolveStateDir(stateDir), "host.db"));
}

type Call = Omit<SocketRequest, "socket" | "signal">;

/** No host, or one that is just ending. */
const absent: Code[] = ["ERR_SPIN_HOST_NOT_RUNNING", "ERR_SPIN_HOST_CONNECTION"];

const askStatus: Call = { method: "GET", path: "/v1/status" };

/** Verifying, compiling and draining take their time. */
const deployTimeoutMs = 180_000;

/** A large application over a slow line. */
const pullTimeoutMs = 1_800_000;

/** The engine is given ten seconds to end what it began. */
const shutdownTimeoutMs = 20_000;

/** A control process that died is back after a second, on a busy machine after several. */
const retryPolicy: RetryPolicy = {
  attempts: 8,
  firstWaitMs: 200,
  longestWaitMs: 3_000,
  longestRetryAfterMs: 30_000,
};

/**
 * The admin API. Failures are SpinErrors with the codes that the host gave them. Each call but `shutdown` can be repeated
 * safely, a deployment too, since the same again is no new revision; so it is, with pauses, when its answer got lost, when
 * the control process is being replaced, and when who answers asks for patience.
 */
export class HostClient {
  readonly stateDir: string;
  readonly #signal: AbortSignal | undefined;
  readonly #policy: RetryPolicy;

  constructor(stateDir: string, signal?: AbortSignal, policy = retryPolicy) {
    this.stateDir = stateDir;
    this.#signal = signal;
    this.#policy = policy;
  }

  /** The process id of the control process that answers, if one does. */
  async answering(): Promise<number | undefined> {
    try {
      const status = await withRetries(
        () => this.#askOnce<HostStatus>(askStatus),
        this.#policy,
        this.#signal,
      );
      return shaped(askStatus, statusShape, status)?.controlPid;
    } catch (error) {
      if (isSpinError(error) && absent.includes(error.code)) return undefined;
      throw error;
    }
  }

  async status(): Promise<HostStatus> {
    return shaped(askStatus, statusShape, await this.#must<HostStatus>(askStatus));
  }

  async hasBlob(digest: string): Promise<boolean> {
    const call: Call = { method: "HEAD", path: `/v1/blobs/${digest}` };
    return this.#patiently(async () => {
      const response = await this.#open(call);
      response.resume();
      const { statusCode = 0 } = response;
      if (![200, 404].includes(statusCode) || !isJson(response)) throw strange(call, response);
      return statusCode === 200;
    });
  }

  async putBlob(digest: string, bytes: Uint8Array): Promise<void> {
    await this.#done({ method: "PUT", path: `/v1/blobs/${digest}`, body: bytes, timeoutMs: deployTimeoutMs });
  }

  /** Brings an artifact's binaries to the host, which verifies each; what it has is not pulled again. */
  async pull(request: PullRequest): Promise<PulledApp> {
    return this.#must({ method: "POST", path: "/v1/pull", body: request, timeoutMs: pullTimeoutMs });
  }

  async listApps(): Promise<AppStatus[]> {
    const call: Call = { method: "GET", path: "/v1/apps" };
    return shaped(call, appShape.array(), await this.#must<AppStatus[]>(call));
  }

  /** `undefined` when the host has no such app. */
  async getApp(app: string): Promise<AppStatus | undefined> {
    const call: Call = { method: "GET", path: pathOf(app) };
    return shaped(call, appShape.optional(), await this.#json<AppStatus>(call));
  }

  /** As `getApp`, but ERR_SPIN_HOST_NO_APP when there is none. */
  async mustGetApp(app: string): Promise<AppStatus> {
    return this.#app({ method: "GET", path: pathOf(app) });
  }

  /** Brings the app to this deployment; the former revision serves until the new one answers. */
  async deploy(app: string, deployment: Deployment): Promise<AppStatus> {
    return this.#app({ method: "PUT", path: pathOf(app), body: deployment, timeoutMs: deployTimeoutMs });
  }

  async stopApp(app: string): Promise<AppStatus> {
    return this.#app({ method: "POST", path: `${pathOf(app)}/stop`, timeoutMs: deployTimeoutMs });
  }

  async startApp(app: string): Promise<AppStatus> {
    return this.#app({ method: "POST", path: `${pathOf(app)}/start`, timeoutMs: deployTimeoutMs });
  }

  async setVariable(app: string, name: string, value: string): Promise<AppStatus> {
    return this.#app({ method: "PUT", path: `${pathOf(app)}/variables`, body: { name, value } });
  }

  /** Succeeds when there is no such app, too, and, given an owner, when it has another one by now: then it stays. */
  async deleteApp(app: string, owner?: string): Promise<void> {
    const query = owner === undefined ? "" : `?owner=${encodeURIComponent(owner)}`;
    const path = `${pathOf(app)}${query}`;
    await this.#done({ method: "DELETE", path, timeoutMs: deployTimeoutMs });
  }

  /** The locked application of the revision that runs. */
  async lockedApp(app: string): Promise<Deployment["lockedApp"]> {
    return this.#must({ method: "GET", path: `${pathOf(app)}/locked-app` });
  }

  async denials(app: string): Promise<Denial[]> {
    return this.#must({ method: "GET", path: `${pathOf(app)}/denials` });
  }

  /** Lines of the app's logs; with `follow` the stream goes on until it is destroyed. */
  async logs(app: string, { follow = false } = {}): Promise<IncomingMessage> {
    const response = await this.#open({
      method: "GET",
      path: `${pathOf(app)}/logs${follow ? "?follow=true" : ""}`,
    });
    if (response.statusCode === 200) return response;
    response.resume();
    throw noApp(app);
  }

  /** Stops every app and both processes, and waits until they are gone; what was deployed comes back at the next start. */
  async shutdown(): Promise<void> {
    const { controlPid, enginePid } = await this.status();
    await this.#askOnce({ method: "POST", path: "/v1/shutdown" });
    const left = (): number[] =>
      [controlPid, enginePid].filter((pid) => pid !== undefined && isAlive(pid)) as number[];
    for (let waitedMs = 0; waitedMs < shutdownTimeoutMs && left().length > 0; waitedMs += 50) {
      await sleep(50, undefined, { signal: this.#signal });
    }
    if (left().length === 0) return;
    const message = `The host was told to stop, but its processes still run: ${left().join(", ")}.`;
    throw new SpinError("ERR_SPIN_HOST_TIMEOUT", message, { hint: `End them: kill ${left().join(" ")}` });
  }

  async #open(call: Call): Promise<IncomingMessage> {
    return this.#reach(openRequest({ ...call, socket: this.#socket, signal: this.#signal }));
  }

  async #askOnce<T>(call: Call): Promise<T | undefined> {
    return this.#reach(requestJson<T>({ ...call, socket: this.#socket, signal: this.#signal }));
  }

  async #json<T>(call: Call): Promise<T | undefined> {
    return this.#patiently(() => this.#askOnce<T>(call));
  }

  /** Again while that makes sense; where the engine answers, a host runs, whose control process is being replaced. */
  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    const attempt = async (): Promise<T> => {
      try {
        return await ask();
      } catch (error) {
        if (!isSpinError(error) || !absent.includes(error.code)) throw error;
        const isPassing =
          error.code === "ERR_SPIN_HOST_CONNECTION" ||
          (await isListening(socketPath(this.stateDir, "engine")));
        throw isPassing ? transient(error) : error;
      }
    };
    return withRetries(attempt, this.#policy, this.#signal);
  }

  /** For what a host answers without content. */
  async #done(call: Call): Promise<void> {
    shaped(call, z.undefined("there should be none"), await this.#json(call));
  }

  async #app(call: Call): Promise<AppStatus> {
    return shaped(call, appShape, await this.#must<AppStatus>(call));
  }

  get #socket(): string {
    return socketPath(this.stateDir, "control");
  }

  async #reach<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!isNobodyListening(error)) throw error;
      throw new SpinError("ERR_SPIN_HOST_NOT_RUNNING", `No host runs in ${this.stateDir}.`, { cause: error });
    }
  }

  async #must<T>(call: Call): Promise<T> {
    const answer = await this.#json<T>(call);
    if (answer !== undefined) return answer;
    throw noApp(decodeURIComponent(call.path.split("/")[3] ?? ""));
  }
}

function pathOf(app: string): string {
  return `/v1/apps/${encodeURIComponent(app)}`;
}

function noApp(app: string): SpinError {
  return new SpinError("ERR_SPIN_HOST_NO_APP", `The host has no app "${app}".`);
}
