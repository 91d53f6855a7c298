/** HTTP with JSON over a Unix socket, for the admin API and for the control process's side of the engine's. */
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { createConnection } from "node:net";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import { fromAdminError } from "./admin-error.ts";
import type { AdminError } from "./protocol.ts";

export interface SocketRequest {
  socket: string;
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  path: string;
  /** Sent as JSON, or as it is when it is bytes. */
  body?: unknown;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * The response as soon as its head is there. When nobody listens it rejects with Node's own error (isNobodyListening),
 * else with ERR_SPIN_HOST_TIMEOUT, ERR_SPIN_HOST_CONNECTION, or the signal's reason.
 */
export function openRequest(options: SocketRequest): Promise<IncomingMessage> {
  const { socket, method, path, body, timeoutMs = 10_000, signal } = options;
  const bytes =
    body === undefined
      ? undefined
      : ArrayBuffer.isView(body)
        ? (body as Uint8Array)
        : Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request({
      socketPath: socket,
      method,
      path,
      agent: false,
      headers: bytes === undefined ? {} : { "content-length": bytes.length },
      ...(signal === undefined ? {} : { signal }),
    });
    const timer = setTimeout(() => outgoing.destroy(timedOut(method, path, timeoutMs)), timeoutMs);
    outgoing.once("close", () => clearTimeout(timer));
    outgoing.once("response", (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    outgoing.once("error", (error) => reject(signal?.aborted ? signal.reason : failure(error, method, path)));
    outgoing.end(bytes);
  });
}

/** The JSON answer, `undefined` for 404 or an empty one; failures become the SpinErrors that the other side threw. */
export async function requestJson<T>(options: SocketRequest): Promise<T | undefined> {
  const response = await openRequest(options);
  const text = await readText(response);
  const status = response.statusCode ?? 0;
  if (status === 404 && options.method !== "PUT") return undefined;
  if (status < 400) return text === "" ? undefined : (parseJson(text) as T);
  throw fromAdminError((parseJson(text) as { error: AdminError }).error);
}

/** Whether the error says that no process listens on the socket. */
export function isNobodyListening(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTSOCK";
}

/** Whether some process listens on the socket. */
export function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false));
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    throw failure(error, "the rest of", "the answer");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function timedOut(method: string, path: string, timeoutMs: number): SpinError {
  const message = `The host did not answer ${method} ${path} within ${timeoutMs / 1000} s.`;
  return new SpinError("ERR_SPIN_HOST_TIMEOUT", message);
}

function failure(error: unknown, method: string, path: string): unknown {
  if (isSpinError(error) || isNobodyListening(error)) return error;
  const message = `The connection to the host broke during ${method} ${path}.`;
  return new SpinError("ERR_SPIN_HOST_CONNECTION", message, { cause: error });
}
