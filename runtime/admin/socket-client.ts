/** HTTP with JSON over a Unix socket, for the admin API and for the control process's side of the engine's. */
import { type ClientRequest, type IncomingMessage, request } from "node:http";
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

/** The response as soon as its head is there; nobody answering rejects with Node's own ENOENT or ECONNREFUSED. */
export function openRequest(options: SocketRequest): Promise<IncomingMessage> {
  const { socket, method, path, body, timeoutMs = 10_000, signal } = options;
  const bytes =
    body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
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
    outgoing.once("error", reject);
    outgoing.end(bytes);
  });
}

/** The JSON answer, `undefined` for 404 or an empty one; failures become the SpinErrors that the other side threw. */
export async function requestJson<T>(options: SocketRequest): Promise<T | undefined> {
  const response = await openRequest(options);
  const text = await readText(response);
  const status = response.statusCode ?? 0;
  if (status === 404 && options.method !== "PUT") return undefined;
  if (status < 400) return text === "" ? undefined : (JSON.parse(text) as T);
  throw fromAdminError((JSON.parse(text) as { error: AdminError }).error);
}

/** Whether the error says that no process listens on the socket. */
export function isNobodyListening(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTSOCK";
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function timedOut(method: string, path: string, timeoutMs: number): Error {
  return new Error(`The host did not answer ${method} ${path} within ${timeoutMs / 1000} s.`);
}
