/**
 * Runs one app in a thread of its own: test runners give each test file a JavaScript world of its own, and WebAssembly
 * objects of one world are no good in another.
 */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Agent } from "undici";
import type { Json } from "../../model/json.ts";
import { App } from "../../runtime/engine/app.ts";
import { defaultMemoryBudget } from "../../runtime/engine/limits.ts";
import { MemoryBudget } from "../../runtime/engine/pool/memory-budget.ts";
import { OutboundDispatcher, type PlainRequest } from "./outbound.ts";
import { Questions } from "./questions.ts";

export interface AppTask {
  name: string;
  stateDir: string;
  lockedApp: { [key: string]: Json };
  variables: Record<string, string>;
  /** Ask the test before the network. */
  hasOutbound: boolean;
}

/** What the test may ask. */
export type AppQuestion = "start" | "denials" | "close";

const { name, stateDir, lockedApp, variables, hasOutbound } = workerData as AppTask;
const network = new Agent({ allowH2: false });
if (parentPort === null) throw new Error("This module runs in a thread of its own.");
const test = new Questions(parentPort, answer);
const ask = (request: PlainRequest) => test.ask<undefined>(request);
const dispatcher = hasOutbound ? new OutboundDispatcher(ask, network) : network;
const app = new App({
  name,
  directory: join(stateDir, "apps", name),
  blobsDir: join(stateDir, "blobs"),
  cacheDir: join(stateDir, "cache"),
  dispatcher,
  memory: new MemoryBudget(defaultMemoryBudget()),
});

async function answer(question: AppQuestion): Promise<unknown> {
  switch (question) {
    case "start":
      await app.prepare(1, { lockedApp, listen: "127.0.0.1:0", variables });
      return app.activate(1);
    case "denials":
      return app.denials();
    case "close":
      await app.close();
      await dispatcher.destroy();
  }
}
