/** A line to a server that breaks: after so many bytes of one direction, for one connection or for each. */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

export interface Cut {
  direction: "up" | "down";
  afterBytes: number;
  /** How many connections break; the others hold. */
  times: number;
}

export interface CuttingProxy {
  host: string;
  cut: Cut | undefined;
  /** How many connections broke. */
  broken: number;
  stop(): Promise<void>;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const [host = "", port = ""] = target.split(":");
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    forward(client, upstream, "up");
    forward(upstream, client, "down");
  });
  const forward = (from: Socket, to: Socket, direction: Cut["direction"]): void => {
    let passed = 0;
    from.on("data", (chunk) => {
      const { cut } = proxy;
      const left =
        cut?.direction === direction && cut.times > 0 ? cut.afterBytes - passed : Number.POSITIVE_INFINITY;
      passed += chunk.length;
      if (cut === undefined || chunk.length < left) {
        if (!to.write(chunk)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
        return;
      }
      cut.times--;
      proxy.broken++;
      from.pause();
      to.write(chunk.subarray(0, left), () => to.destroy());
    });
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const proxy: CuttingProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: undefined,
    broken: 0,
    stop: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
  return proxy;
}
