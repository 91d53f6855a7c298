import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import { statusOf, toAdminError } from "./admin-error.ts";
import { isListening } from "./socket-client.ts";

/** Answers one request; what it throws becomes an AdminError. */
export type SocketHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on a Unix socket that only this user may open; a socket whose process died is taken over. */
export async function serveSocket(path: string, handle: SocketHandler): Promise<Server> {
  const server = createServer({ keepAlive: false }, (request, response) => {
    void handle(request, response).catch((error: unknown) => sendError(response, error));
  });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await checkFolder(dirname(path));
  if (!(await isListening(path))) await rm(path, { force: true });
  // The folder is private already; the mask closes the moment between bind and chmod.
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(mask);
  }
  await chmod(path, 0o600);
  return server;
}

export function sendJson(response: ServerResponse, status: number, value?: unknown): void {
  const body = value === undefined ? "" : JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function sendError(response: ServerResponse, error: unknown): void {
  const shown = toAdminError(error);
  if (shown.fault === "bug") console.error(error);
  if (response.headersSent) response.destroy();
  else sendJson(response, statusOf(shown), { error: shown });
}

/** The JSON body of a request, at most `maximumBytes` of it. */
export async function readJson(request: IncomingMessage, maximumBytes = 16 * 1024 * 1024): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes > maximumBytes) {
      throw new SpinError(
        "ERR_SPIN_HOST_REQUEST",
        `The request's body is larger than ${maximumBytes} bytes.`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  try {
    return parseJson(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new SpinError("ERR_SPIN_HOST_REQUEST", "The request's body is no JSON.", { cause: error });
  }
}

/** In a folder that someone else prepared, that someone could answer in our place. */
async function checkFolder(folder: string): Promise<void> {
  const { uid, mode } = await lstat(folder);
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return;
  throw new SpinError(
    "ERR_SPIN_HOST_STATE_DIR",
    `${folder} belongs to another user, or others may write in it.`,
  );
}
