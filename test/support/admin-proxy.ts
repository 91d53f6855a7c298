/** Stands between a provider and the host's admin API: what is asked of the host is written down, may be held or get lost. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { socketPath } from "../../runtime/admin/paths.ts";

/** The connection breaks before the request is passed on, or when the host has answered it; or something else answers. */
export type AdminFault = "before" | "after" | { status: number; body: string };

export interface AdminProxy {
  /** For a provider it is the host's folder. */
  stateDir: string;
  /** `PUT /v1/apps/shop`, in the order in which they came. */
  requests: string[];
  /** What of them may change something, without their queries, since this was asked the last time. */
  writes(): string[];
  /** Is awaited before a request is passed on. */
  hold?: ((request: string) => Promise<void> | undefined) | undefined;
  /** What happens to a request instead of being answered by the host. */
  fault?: ((request: string) => AdminFault | undefined) | undefined;
  stop(): Promise<void>;
}

/** A proxy in a folder of its own for the host of `target`. */
export async function startAdminProxy(stateDir: string, target: string): Promise<AdminProxy> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  // The mark of a folder in which a host lives.
  writeFileSync(join(stateDir, "host.db"), "");
  let seen = 0;
  const server = createServer((incoming, outgoing) => {
    const name = `${incoming.method} ${incoming.url}`;
    proxy.requests.push(name);
    void pass(name, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const pass = async (name: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    // Who asked may be gone before the host is asked.
    const body = await buffer(incoming);
    await proxy.hold?.(name);
    const fault = proxy.fault?.(name);
    if (fault === "before") return void outgoing.destroy();
    if (typeof fault === "object") return void outgoing.writeHead(fault.status).end(fault.body);
    const { method = "GET", url = "/", headers } = incoming;
    const socket = socketPath(target, "control");
    // A connection of before, the host may just be closing.
    const upstream = request({ socketPath: socket, method, path: url, headers, agent: false });
    upstream.on("error", () => outgoing.destroy());
    upstream.on("response", (response) => {
      if (fault === "after") {
        response.resume();
        return void outgoing.destroy();
      }
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    upstream.end(body);
  };
  const proxy: AdminProxy = {
    stateDir,
    requests: [],
    writes() {
      const fresh = proxy.requests.slice(seen);
      seen = proxy.requests.length;
      return fresh.filter((name) => !/^(?:GET|HEAD) /.test(name)).map((name) => name.replace(/\?.*/, ""));
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          rmSync(stateDir, { recursive: true, force: true });
          done();
        });
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((listening) => server.listen(socketPath(stateDir, "control"), listening));
  return proxy;
}
