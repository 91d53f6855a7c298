/** The engine process: `node main.js --state-dir DIR --socket PATH [--binding linker|jco]`. Its parent gives it stdio and lets it go. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Binding } from "../component/bound-component.ts";
import { siblingModule } from "../sibling-module.ts";
import { Engine } from "./engine.ts";
import { Leash } from "./leash.ts";
import { serveEngine } from "./server.ts";

void main();

async function main(): Promise<void> {
  const string = { type: "string" } as const;
  const { values } = parseArgs({ options: { "state-dir": string, socket: string, binding: string } });
  const stateDir = resolve(required(values["state-dir"], "--state-dir"));
  const socket = resolve(required(values.socket, "--socket"));
  const engine = new Engine(stateDir, bindingOf(values.binding));
  const leash = new Leash(() => {
    if (!existsSync(join(stateDir, "host.db"))) {
      process.stderr.write("the control process is gone, and so is the host's folder; ending\n");
      return end();
    }
    process.stderr.write("the control process is gone; starting another\n");
    const child = startControl(stateDir);
    started.add(child);
    child.once("exit", () => started.delete(child));
  });
  const started = new Set<ChildProcess>();
  let isEnding = false;
  const end = (controlPid?: number) => {
    if (isEnding) return;
    isEnding = true;
    leash.release();
    // One that is still on its way would bring the host back, or make files in a folder that is being removed.
    for (const child of started)
      if (controlPid !== undefined && child.pid !== controlPid) child.kill("SIGKILL");
    void engine.close().then(() => process.exit(0));
  };
  // One request's mistake must not end the others: it is written down, and the process goes on.
  process.on("uncaughtException", (error) =>
    process.stderr.write(`uncaught: ${error.stack ?? error.message}\n`),
  );
  process.on("unhandledRejection", (reason) =>
    process.stderr.write(`unhandled rejection: ${describe(reason)}\n`),
  );
  // Whoever read them may be gone; that alone must not end up in the handlers above, which write there.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  process.on("SIGTERM", () => end());
  process.on("SIGINT", () => end());
  await serveEngine({ socket, version: await packageVersion(), engine, leash, onShutdown: end }).catch(
    (error: unknown) => {
      process.stderr.write(`the engine cannot listen on ${socket}: ${describe(error)}\n`);
      process.exit(1);
    },
  );
}

/** Outlives this process; the new control process finds the engine by its socket. */
function startControl(stateDir: string): ChildProcess {
  const log = openSync(join(stateDir, "logs", "control.log"), "a", 0o600);
  const control = fileURLToPath(siblingModule(import.meta.url, "../control/main"));
  const args = [control, "--state-dir", stateDir, "--launched-at", String(Date.now())];
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  child.on("error", (error) =>
    process.stderr.write(`the control process cannot be started: ${error.message}\n`),
  );
  child.unref();
  closeSync(log);
  return child;
}

/** From dist this file lies one folder deeper than from source. */
async function packageVersion(): Promise<string> {
  for (const path of ["../../package.json", "../../../package.json"]) {
    const text = await readFile(new URL(path, import.meta.url), "utf8").catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version;
  }
  return "unknown";
}

/** `undefined` leaves the choice to each component. */
function bindingOf(value: string | undefined): Binding | undefined {
  if (value === undefined || value === "linker" || value === "jco") return value;
  process.stderr.write(`--binding is "${value}"; expected linker or jco\n`);
  process.exit(2);
}

function required(value: string | undefined, flag: string): string {
  if (value !== undefined) return value;
  process.stderr.write(`${flag} is missing\n`);
  process.exit(2);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
