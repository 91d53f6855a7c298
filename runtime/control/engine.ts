/** The engine process as the control process sees it: started or adopted, held by a leash, replaced when it dies. */
import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { isAlive } from "../admin/is-alive.ts";
import { socketPath } from "../admin/paths.ts";
import type { Denial } from "../admin/protocol.ts";
import { isNobodyListening, openRequest, requestJson, type SocketRequest } from "../admin/socket-client.ts";
import type { EngineRevision, EngineStatus } from "../engine/protocol.ts";
import { forgetEngine, killEngine, recordedEngine, spawnEngine } from "./engine-process.ts";

type Call = Omit<SocketRequest, "socket">;

const startTimeoutMs = 30_000;
/** An engine that is busy with a large component answers late; one that hangs never does. */
const leashTimeoutMs = 20_000;
/** Compiling a large component takes seconds, draining as long as its last request. */
const switchTimeoutMs = 150_000;
const longestPauseMs = 10_000;

export interface Liveness {
  /** How often a running engine is asked for a sign of life. */
  everyMs: number;
  /** How long it may take to give one: a guest that never yields, or a stopped process, gives none. */
  withinMs: number;
}

export class Engine {
  readonly #stateDir: string;
  readonly #onReady: () => Promise<void>;
  #leash: IncomingMessage | undefined;
  #isStopping = false;
  #ready: Promise<void> | undefined;
  readonly #liveness: Liveness;

  /** `onReady` is called each time an engine was started or adopted, to bring back what should run; nobody waits for it. */
  constructor(
    stateDir: string,
    onReady: () => Promise<void>,
    liveness: Liveness = { everyMs: 5_000, withinMs: leashTimeoutMs },
  ) {
    this.#stateDir = stateDir;
    this.#onReady = onReady;
    this.#liveness = liveness;
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

  /** The engine's process, also while it is too busy to answer. */
  async pid(): Promise<number | undefined> {
    const status = this.#call<EngineStatus>({ method: "GET", path: "/v1/status", timeoutMs: 2_000 });
    return (await status.catch(() => undefined))?.pid ?? recordedEngine(this.#stateDir);
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

  /** Ends the engine in order, and after ten seconds in any case; one that is still on its way, at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const pid = await this.status().then(
      (status) => status.pid,
      () => recordedEngine(this.#stateDir),
    );
    if (pid === undefined) return;
    const isTold = await this.#call({
      method: "POST",
      path: "/v1/shutdown",
      body: { controlPid: process.pid },
    }).then(
      () => true,
      () => false,
    );
    for (let waitedMs = 0; isTold && waitedMs < 10_000 && isAlive(pid); waitedMs += 50) await sleep(50);
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
    while (isAlive(pid)) await sleep(10);
    forgetEngine(this.#stateDir);
  }

  get #socket(): string {
    return socketPath(this.#stateDir, "engine");
  }

  async #call<T>(call: Call): Promise<T | undefined> {
    try {
      return await requestJson<T>({ ...call, socket: this.#socket });
    } catch (error) {
      if (isSpinError(error) && error.code !== "ERR_SPIN_HOST_CONNECTION") throw error;
      const message = `The engine process ended before it answered ${call.method} ${call.path}.`;
      throw new SpinError("ERR_SPIN_HOST_ENGINE", message, { cause: error });
    }
  }

  /** One engine held; when its leash ends, the next one is, with pauses that grow while engines die young. */
  async #hold(): Promise<void> {
    await this.#connect();
    void this.#keep();
    void this.#watch();
  }

  /** Death breaks the leash by itself; an engine that hangs must be found out, and is ended, so that another is started. */
  async #watch(): Promise<void> {
    const { everyMs, withinMs } = this.#liveness;
    while (!this.#isStopping) {
      await sleep(everyMs, undefined, { ref: false });
      const leash = this.#leash;
      const call = { socket: this.#socket, method: "GET", path: "/v1/status", timeoutMs: withinMs } as const;
      const answered = await requestJson(call).then(
        () => true,
        (error: unknown) => !(isSpinError(error) && error.code === "ERR_SPIN_HOST_TIMEOUT"),
      );
      // Another one may have taken its place meanwhile.
      if (!answered && !this.#isStopping && leash === this.#leash) this.#endHanging();
    }
  }

  #endHanging(): void {
    const pid = killEngine(this.#stateDir);
    if (pid !== undefined)
      console.error(`${new Date().toISOString()} the engine (process ${pid}) hangs; ending it`);
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
      // One that is started now, nobody would end.
      if (this.#isStopping) return;
      spawnEngine(this.#stateDir, this.#socket);
      const deadline = Date.now() + startTimeoutMs;
      while (!(await this.#tryLeash())) {
        if (this.#isStopping) return;
        const isLate = Date.now() > deadline;
        if (isLate || recordedEngine(this.#stateDir) === undefined) {
          killEngine(this.#stateDir);
          const what = isLate ? `did not answer within ${startTimeoutMs / 1000} s` : "ended at once";
          throw new SpinError("ERR_SPIN_HOST_ENGINE", `The engine was started and ${what}.`);
        }
        await sleep(30);
      }
    }
    this.#onReady().catch((error: unknown) => console.error("apps could not be brought back:", error));
  }

  /** False when no engine runs, any more: one that hangs is ended. */
  async #tryLeash(): Promise<boolean> {
    const call = {
      socket: this.#socket,
      method: "GET",
      path: "/v1/leash",
      timeoutMs: leashTimeoutMs,
    } as const;
    try {
      this.#leash = await openRequest(call);
      return true;
    } catch (error) {
      if (isNobodyListening(error)) return false;
      const isHanging = isSpinError(error) && error.code === "ERR_SPIN_HOST_TIMEOUT";
      if (isHanging) this.#endHanging();
      return false;
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
}

/** For calls whose effect is stored: a new engine learns it by itself, so that the death of this one is no failure. */
export async function whileItRuns(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const isAbsent =
      isSpinError(error) &&
      (error.code === "ERR_SPIN_HOST_ENGINE" || error.code === "ERR_SPIN_RUNTIME_UNKNOWN_APP");
    if (!isAbsent) throw error;
  }
}

function pathOf(app: string): string {
  return `/v1/apps/${encodeURIComponent(app)}`;
}
