/**
 * A host that answers badly, once: in front of a real one's control socket, in its own folder, so that nothing but the
 * socket's file is another. The request of a number meets a fault; all others pass.
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { socketPath } from "../../runtime/admin/paths.ts";

export type Fault =
  | { kind: "refused"; forMs: number }
  /** The connection breaks; the host hears nothing, or does the work and its answer is lost, or half of it is. */
  | { kind: "cut-before" | "cut-after" | "truncated" }
  | { kind: "slow"; byMs: number }
  /** The host does the work, and never answers. */
  | { kind: "silent" }
  /** Something else answers; the host hears nothing, unless it is to do the work first. */
  | { kind: "answer"; status: number; type?: string; body?: string; retryAfter?: string; isDone?: boolean };

/** By what a failing case is called. */
export const faults: Record<string, Fault> = {
  "connection refused": { kind: "refused", forMs: 150 },
  "cut before the host heard it": { kind: "cut-before" },
  "cut after the host did it": { kind: "cut-after" },
  "an answer that breaks off": { kind: "truncated" },
  "a slow answer": { kind: "slow", byMs: 150 },
  "garbage for an answer": { kind: "answer", status: 200, type: "application/json", body: '{"app":' },
  "garbage after the work": {
    kind: "answer",
    status: 200,
    type: "application/json",
    body: "{",
    isDone: true,
  },
  "an answer of another form": { kind: "answer", status: 200, type: "application/json", body: '{"app":1}' },
  "another content type": { kind: "answer", status: 200 },
  "401": { kind: "answer", status: 401 },
  "403": { kind: "answer", status: 403 },
  "404": { kind: "answer", status: 404 },
  "409": { kind: "answer", status: 409 },
  "429 with Retry-After": { kind: "answer", status: 429, retryAfter: "0" },
  "500": { kind: "answer", status: 500 },
  "500 after the work": { kind: "answer", status: 500, isDone: true },
  "503": { kind: "answer", status: 503 },
};

/** Those that pass by themselves: the operation does not fail. */
export const passing = Object.keys(faults).filter(
  (name) => !/^(garbage|another|an answer of|40|500)/.test(name),
);

export interface Planned {
  /** Which request, from 1. */
  at: number;
  fault: Fault;
  /** How many requests in a row, from that one on. Default: 1. */
  times?: number;
}

export interface FaultProxy {
  /** Counts anew from here; without a plan all requests pass. */
  plan(planned?: Planned): Promise<void>;
  /** `PUT /v1/apps/shop` and so on, since the last plan. */
  readonly calls: readonly string[];
  /** Whether the planned request came. */
  readonly hit: boolean;
  /** Puts the host's own socket back. */
  stop(): Promise<void>;
}

export async function startFaultProxy(stateDir: string): Promise<FaultProxy> {
  const path = socketPath(stateDir, "control");
  const behind = `${path}-behind`;
  renameSync(path, behind);
  let calls: string[] = [];
  let planned: Planned | undefined;
  let hit = false;
  let server: Server | undefined;
  let refusing: Promise<void> = Promise.resolve();

  const isFaulty = (number: number): boolean =>
    planned !== undefined && number >= planned.at && number < planned.at + (planned.times ?? 1);
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls.push(`${incoming.method} ${incoming.url}`);
    const number = calls.length;
    const fault = isFaulty(number) ? planned?.fault : undefined;
    if (fault !== undefined) hit = true;
    // A refusal is prepared while the request before it is answered: no request comes that could be refused.
    if (planned?.fault.kind === "refused" && number + 1 === planned.at) refuse(planned.fault.forMs);
    await answer(behind, fault, incoming, response);
  };
  const listen = async (): Promise<void> => {
    server = createServer({ keepAlive: false }, (incoming, response) => {
      handle(incoming, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server?.once("error", reject);
      server?.listen(path, resolve);
    });
  };
  const refuse = (forMs: number): void => {
    hit = true;
    server?.close();
    // The file of a process that died.
    writeFileSync(path, "");
    refusing = sleep(forMs).then(async () => {
      rmSync(path, { force: true });
      await listen();
    });
  };
  await listen();
  return {
    get calls() {
      return calls;
    },
    get hit() {
      return hit;
    },
    async plan(next) {
      await refusing;
      [calls, planned, hit] = [[], next, false];
      if (next?.fault.kind === "refused" && next.at === 1) refuse(next.fault.forMs);
    },
    async stop() {
      await refusing;
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve));
      rmSync(path, { force: true });
      renameSync(behind, path);
    },
  };
}

async function answer(
  behind: string,
  fault: Fault | undefined,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const sent: Buffer[] = [];
  for await (const chunk of incoming) sent.push(chunk as Buffer);
  switch (fault?.kind) {
    case "cut-before":
      response.destroy();
      return;
    case "answer":
      if (fault.isDone === true) await forward(behind, incoming, Buffer.concat(sent));
      return answerElse(fault, response);
    case "slow":
      await sleep(fault.byMs);
  }
  const { status, headers, body } = await forward(behind, incoming, Buffer.concat(sent));
  switch (fault?.kind) {
    case "cut-after":
      response.destroy();
      return;
    case "silent":
      return;
    case "truncated":
      response.writeHead(status, headers);
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    default:
      response.writeHead(status, headers);
      response.end(body);
  }
}

function answerElse(fault: Extract<Fault, { kind: "answer" }>, response: ServerResponse): void {
  const { status, type = "text/html", body = "<h1>Elsewhere</h1>", retryAfter } = fault;
  response.writeHead(status, {
    "content-type": type,
    ...(retryAfter !== undefined && { "retry-after": retryAfter }),
  });
  response.end(body);
}

interface Forwarded {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

function forward(
  behind: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: behind, method, path: url, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}
