/** HTTP with JSON over a Unix socket, for the admin API and for the control process's side of the engine's. */
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { createConnection } from "node:net";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { readAnswer } from "./answer.ts";

const defaultTimeoutMs = 10_000;
/** The largest that a host answers, an application's locked form, is far below. */
const largestAnswerBytes = 256 * 1024 * 1024;

export interface SocketRequest {
  socket: string;
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  path: string;
  /** Sent as JSON, or as it is when it is bytes. */
  body?: unknown;
  /** Of `requestJson` until all of the answer is there, else until its head is. Default: 10 s. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * The response as soon as its head is there. When nobody listens it rejects with Node's own error (isNobodyListening),
 * else with ERR_SPIN_HOST_TIMEOUT, ERR_SPIN_HOST_CONNECTION, or the signal's reason.
 */
export function openRequest(options: SocketRequest): Promise<IncomingMessage> {
  const { socket, method, path, body, timeoutMs = defaultTimeoutMs, signal } = options;
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

/** The JSON answer, `undefined` when there is none (readAnswer); failures become the SpinErrors that the other side threw. */
export async function requestJson<T>(options: SocketRequest): Promise<T | undefined> {
  const { method, path, timeoutMs = defaultTimeoutMs } = options;
  const startedAt = performance.now();
  const response = await openRequest(options);
  const leftMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
  const timer = setTimeout(() => response.destroy(timedOut(method, path, timeoutMs)), leftMs);
  try {
    return readAnswer({ method, path }, response, await readText(response, options)) as T | undefined;
  } finally {
    clearTimeout(timer);
  }
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

async function readText(response: IncomingMessage, { method, path, signal }: SocketRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response) {
      sizeBytes += (chunk as Buffer).length;
      if (sizeBytes > largestAnswerBytes)
        throw new SpinError("ERR_SPIN_HOST_ANSWER", `The answer to ${method} ${path} has no end.`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : failure(error, method, path);
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
