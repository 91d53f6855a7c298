/** A real engine process on a state directory of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type ClientRequest, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../../../model/json.ts";

const main = fileURLToPath(new URL("../../../runtime/engine/main.ts", import.meta.url));

export interface Answer {
  status: number;
  body: string;
}

export class EngineProcess {
  readonly stateDir: string;
  readonly socket: string;
  #child: ChildProcess | undefined;
  #stderr = "";
  #leash: ClientRequest | undefined;
  readonly #flags: readonly string[];

  /** Without a binding, as the host does it: each component has the one that fits. */
  constructor(stateDir = mkdtempSync(join(tmpdir(), "engine-")), binding?: string) {
    this.#flags = binding === undefined ? [] : ["--binding", binding];
    this.stateDir = stateDir;
    this.socket = join(stateDir, "engine.sock");
  }

  get stderr(): string {
    return this.#stderr;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process, waits until it answers, and holds its leash. */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [main, "--state-dir", this.stateDir, "--socket", this.socket, ...this.#flags],
      {
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    this.#child = child;
    child.stderr.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
    for (;;) {
      const answer = await this.call("GET", "/v1/status").catch(() => undefined);
      if (answer?.status === 200) break;
      if (child.exitCode !== null) throw new Error(`the engine ended: ${this.#stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const leash = request({ socketPath: this.socket, path: "/v1/leash" });
    leash.on("error", () => {});
    const held = new Promise((resolve) => leash.once("response", resolve));
    leash.end();
    await held;
    this.#leash = leash;
  }

  /** As when the control process dies. */
  letGo(): void {
    this.#leash?.destroy();
  }

  /** Waits until the process ends by itself; returns its exit code. */
  ended(): Promise<number | null> {
    return this.#end();
  }

  call(method: string, path: string, body?: Json): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socket, method, path }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      call.on("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Puts a file into the blob store; returns its digest. */
  addBlob(file: string | Uint8Array): string {
    const bytes = typeof file === "string" ? readFileSync(file) : file;
    const hex = createHash("sha256").update(bytes).digest("hex");
    const folder = join(this.stateDir, "blobs", "sha256");
    mkdirSync(folder, { recursive: true });
    if (typeof file === "string") copyFileSync(file, join(folder, hex));
    else writeFileSync(join(folder, hex), bytes);
    return `sha256:${hex}`;
  }

  /** Prepares and activates; returns the app's URL. Throws what the engine answers instead. */
  async deploy(app: string, revision: number, lockedApp: Json, options: DeployOptions = {}): Promise<string> {
    const { listen = "127.0.0.1:0", variables = {}, limits = {} } = options;
    const prepared = await this.call("PUT", `/v1/apps/${app}/revisions/${revision}`, {
      lockedApp,
      listen,
      variables,
      limits,
    });
    if (prepared.status !== 204) throw new Error(prepared.body);
    const active = await this.call("POST", `/v1/apps/${app}/active`, { revision });
    if (active.status !== 200) throw new Error(active.body);
    return `http://${(JSON.parse(active.body) as { address: string }).address}`;
  }

  log(app: string, name: string): string {
    return readFileSync(join(this.stateDir, "apps", app, "logs", name), "utf8");
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks the process to end; returns its exit code. */
  async shutdown(body?: Json): Promise<number | null> {
    await this.call("POST", "/v1/shutdown", body);
    return this.#end();
  }

  async remove(): Promise<void> {
    await this.#end("SIGKILL");
    rmSync(this.stateDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  async #end(signal?: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      if (signal !== undefined) child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }
}

export interface DeployOptions {
  listen?: string;
  variables?: Record<string, string>;
  limits?: Record<string, number>;
}

export interface LockOptions {
  digest: string;
  name?: string;
  routes?: Json[];
  variables?: Json;
  component?: { [key: string]: Json };
  metadata?: { [key: string]: Json };
  more?: Json[];
}

/** A locked application with the component `guest`. */
export function lock(options: LockOptions): { [key: string]: Json } {
  const { digest, name = "test-app", routes = [{ route: "/...", component: "guest" }] } = options;
  return {
    spin_lock_version: 0,
    metadata: { name, version: "1.2.3" },
    variables: options.variables ?? {},
    triggers: routes.map((config, index) => ({
      id: `t${index}`,
      trigger_type: "http",
      trigger_config: config,
    })),
    components: [
      {
        id: "guest",
        metadata: options.metadata ?? {},
        source: { content_type: "application/wasm", digest },
        ...options.component,
      },
      ...(options.more ?? []),
    ],
  };
}
