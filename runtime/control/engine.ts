/** The engine process as the control process sees it: started or adopted, held by a leash, replaced when it dies. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SpinError } from "../../model/errors/index.ts";
import { hostEnvironment } from "../admin/host-environment.ts";
import { socketPath } from "../admin/paths.ts";
import type { Denial } from "../admin/protocol.ts";
import { isNobodyListening, openRequest, requestJson, type SocketRequest } from "../admin/socket-client.ts";
import type { EngineRevision, EngineStatus } from "../engine/protocol.ts";

type Call = Omit<SocketRequest, "socket">;

const startTimeoutMs = 30_000;
/** Compiling a large component takes seconds, draining as long as its last request. */
const switchTimeoutMs = 150_000;
const longestPauseMs = 10_000;

export class Engine {
  readonly #stateDir: string;
  readonly #onReady: () => Promise<void>;
  #leash: IncomingMessage | undefined;
  #isStopping = false;
  #ready: Promise<void> | undefined;

  /** `onReady` is called each time an engine was started or adopted, to bring back what should run. */
  constructor(stateDir: string, onReady: () => Promise<void>) {
    this.#stateDir = stateDir;
    this.#onReady = onReady;
  }

  /** Adopts the engine that a former control process left, or starts one; then keeps one running. */
  start(): Promise<void> {
    this.#ready ??= this.#hold();
    return this.#ready;
  }

  async status(): Promise<EngineStatus> {
    const status = await this.#call<EngineStatus>({ method: "GET", path: "/v1/status" });
    if (status === undefined)
      throw new SpinError("ERR_SPIN_HOST_ENGINE", "The engine answers without a status.");
    return status;
  }

  async prepare(app: string, revision: number, wanted: EngineRevision): Promise<void> {
    const path = `${pathOf(app)}/revisions/${revision}`;
    await this.#call({ method: "PUT", path, body: wanted, timeoutMs: switchTimeoutMs });
  }

  /** The address that the app answers on now. */
  async activate(app: string, revision: number): Promise<string> {
    const path = `${pathOf(app)}/active`;
    const answer = await this.#call<{ address: string }>({
      method: "POST",
      path,
      body: { revision },
      timeoutMs: switchTimeoutMs,
    });
    if (answer === undefined)
      throw new SpinError("ERR_SPIN_HOST_ENGINE", `The engine lost revision ${revision} of "${app}".`);
    return answer.address;
  }

  async setVariables(app: string, variables: Record<string, string>): Promise<void> {
    await this.#call({ method: "PUT", path: `${pathOf(app)}/variables`, body: variables });
  }

  async remove(app: string): Promise<void> {
    await this.#call({ method: "DELETE", path: pathOf(app), timeoutMs: switchTimeoutMs });
  }

  async denials(app: string): Promise<Denial[]> {
    return (await this.#call<Denial[]>({ method: "GET", path: `${pathOf(app)}/denials` })) ?? [];
  }

  /** Ends the engine in order, and after ten seconds in any case. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const pid = await this.status().then(
      ({ pid }) => pid,
      () => undefined,
    );
    if (pid === undefined) return;
    await requestJson({ socket: this.#socket, method: "POST", path: "/v1/shutdown" }).catch(() => undefined);
    for (let waitedMs = 0; waitedMs < 10_000 && isAlive(pid); waitedMs += 50) await sleep(50);
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  }

  get #socket(): string {
    return socketPath(this.#stateDir, "engine");
  }

  #call<T>(call: Call): Promise<T | undefined> {
    return requestJson<T>({ ...call, socket: this.#socket });
  }

  /** One engine held; when its leash ends, the next one is, with pauses that grow while engines die young. */
  async #hold(): Promise<void> {
    await this.#connect();
    void this.#keep();
  }

  async #keep(): Promise<void> {
    let pauseMs = 100;
    for (;;) {
      const since = Date.now();
      await this.#leashEnded();
      if (this.#isStopping) return;
      pauseMs = Date.now() - since > 60_000 ? 100 : Math.min(pauseMs * 2, longestPauseMs);
      console.error(`${new Date().toISOString()} the engine ended; starting another`);
      this.#ready = this.#reconnect(pauseMs);
      await this.#ready;
    }
  }

  async #reconnect(pauseMs: number): Promise<void> {
    for (let nextMs = pauseMs; !this.#isStopping; nextMs = Math.min(nextMs * 2, longestPauseMs)) {
      try {
        await this.#connect();
        return;
      } catch (error) {
        console.error(`${new Date().toISOString()} no engine yet:`, error);
        await sleep(nextMs);
      }
    }
  }

  async #connect(): Promise<void> {
    if (!(await this.#tryLeash())) {
      this.#spawn();
      const deadline = Date.now() + startTimeoutMs;
      while (!(await this.#tryLeash())) {
        if (Date.now() > deadline)
          throw new SpinError(
            "ERR_SPIN_HOST_ENGINE",
            `The engine did not start within ${startTimeoutMs / 1000} s.`,
          );
        await sleep(30);
      }
    }
    await this.#onReady();
  }

  async #tryLeash(): Promise<boolean> {
    try {
      this.#leash = await openRequest({ socket: this.#socket, method: "GET", path: "/v1/leash" });
      return true;
    } catch (error) {
      if (isNobodyListening(error)) return false;
      throw error;
    }
  }

  #leashEnded(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#leash === undefined || this.#leash.destroyed) return resolve();
      this.#leash.resume();
      this.#leash.once("error", () => undefined);
      this.#leash.once("close", resolve);
    });
  }

  #spawn(): void {
    const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
    const entry = fileURLToPath(new URL(`../engine/main${extension}`, import.meta.url));
    const log = openSync(join(this.#stateDir, "logs", "engine.log"), "a", 0o600);
    const child = spawn(process.execPath, [entry, "--state-dir", this.#stateDir, "--socket", this.#socket], {
      // It outlives this process: apps go on answering while control is away.
      detached: true,
      cwd: this.#stateDir,
      env: hostEnvironment(),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.once("error", (error) => console.error("the engine could not be started:", error));
    child.unref();
  }
}

function pathOf(app: string): string {
  return `/v1/apps/${encodeURIComponent(app)}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
