import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SpinError } from "../../../model/errors/index.ts";
import { respondPlain } from "./respond.ts";

/** Answers a request; must not reject. `signal` aborts when the client is gone. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
) => Promise<void>;

/** A bound address of an app. What serves may change while connections stay. */
export class Listener {
  readonly #server: Server;
  #serve: Serve;

  private constructor(server: Server, serve: Serve) {
    this.#server = server;
    this.#serve = serve;
    server.on("request", (request, response) => this.#answer(request, response));
    // Asked for by no guest, and node would close the connection without it.
    server.on("checkContinue", (request, response) => {
      response.writeContinue();
      this.#answer(request, response);
    });
  }

  /** Binds `host:port`; ERR_SPIN_RUNTIME_LISTEN, ERR_SPIN_RUNTIME_PORT_IN_USE. */
  static async bind(listen: string, serve: Serve): Promise<Listener> {
    const { host, port } = parseListen(listen);
    // The host's own time limits would cut slow bodies that Spin lets pass; headers alone stay limited by node's default.
    const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000, maxHeaderSize: 1024 * 1024 });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) => reject(bindFailure(listen, port, cause)));
      server.listen({ host, port }, resolve);
    });
    server.removeAllListeners("error");
    server.on("error", (error) => process.stderr.write(`listener ${listen}: ${error.message}\n`));
    return new Listener(server, serve);
  }

  /** The bound `host:port`. */
  get address(): string {
    const { address, port, family } = this.#server.address() as AddressInfo;
    return family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`;
  }

  set serve(serve: Serve) {
    this.#serve = serve;
  }

  /** Accepts nothing new; resolves when the last connection is closed, at `deadlineMs` by force. */
  async close(deadlineMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    const force = setTimeout(() => this.#server.closeAllConnections(), deadlineMs);
    // Connections become idle one by one as their last request ends.
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 50);
    await closed;
    clearTimeout(force);
    clearInterval(sweep);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    // A client that resets its connection is no failure of the host's.
    request.on("error", () => {});
    response.on("error", () => {});
    this.#serve(request, response, gone.signal).catch((error: unknown) => {
      process.stderr.write(
        `request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      if (response.headersSent) response.destroy();
      else respondPlain(response, 500);
    });
  }
}

/** Reads `host:port`, IPv6 hosts in brackets; ERR_SPIN_RUNTIME_LISTEN. */
export function parseListen(listen: string): { host: string; port: number } {
  const [, bracketed, plain, port = ""] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(listen) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) {
    throw new SpinError("ERR_SPIN_RUNTIME_LISTEN", `"${listen}" is no address; expected host:port.`, {
      path: "listen",
    });
  }
  return { host, port: Number(port) };
}

function bindFailure(listen: string, port: number, cause: NodeJS.ErrnoException): Error {
  if (cause.code === "EADDRINUSE") {
    const message = `The port ${port} is in use: another process listens on ${listen}.`;
    return new SpinError("ERR_SPIN_RUNTIME_PORT_IN_USE", message, { path: "listen", cause });
  }
  if (cause.code === "EACCES") {
    const message = `The port ${port} is refused to this user; ports below 1024 are the administrator's.`;
    return new SpinError("ERR_SPIN_RUNTIME_LISTEN", message, { path: "listen", cause });
  }
  if (cause.code === "EADDRNOTAVAIL" || cause.code === "ENOTFOUND") {
    const message = `The host of "${listen}" is no address of this machine.`;
    return new SpinError("ERR_SPIN_RUNTIME_LISTEN", message, { path: "listen", cause });
  }
  return cause;
}
