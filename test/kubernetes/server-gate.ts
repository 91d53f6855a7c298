/** A way to the API server that can be shut: requests before count, one may be the last whose answer never arrives. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { request } from "node:https";

interface Kubeconfig {
  clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
  users: { user: { "client-certificate-data": string; "client-key-data": string } }[];
}

export interface ServerGate {
  /** Of who goes through it. */
  kubeconfig: string;
  /** Requests since it was opened. */
  count(): number;
  /** From the nth request on there are no answers; that one is carried out all the same. `onShut`: at that moment. */
  open(last?: number, onShut?: () => void): void;
  close(): Promise<void>;
}

export async function openServerGate(kubeconfigFile: string): Promise<ServerGate> {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfigFile, "utf8")) as Kubeconfig;
  const [{ cluster } = { cluster: { server: "", "certificate-authority-data": "" } }] = clusters;
  const decoded = (text = ""): Buffer => Buffer.from(text, "base64");
  const identity = {
    ca: decoded(cluster["certificate-authority-data"]),
    cert: decoded(users[0]?.user["client-certificate-data"]),
    key: decoded(users[0]?.user["client-key-data"]),
  };
  let count = 0;
  let last = Infinity;
  let onShut: (() => void) | undefined;

  function carry(incoming: IncomingMessage, answer: ServerResponse): void {
    const isLost = ++count >= last;
    if (count > last) {
      answer.destroy();
      return;
    }
    const url = new URL(incoming.url ?? "/", cluster.server);
    const { method, headers } = incoming;
    const { host: _host, connection: _connection, ...kept } = headers;
    const outgoing = request(url, { method, headers: kept, ...identity }, (response) => {
      if (!isLost) {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
        return;
      }
      response.resume();
      response.once("end", () => {
        onShut?.();
        answer.destroy();
      });
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  }

  const server = createServer(carry);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as { port: number };
  return {
    kubeconfig: JSON.stringify({
      "current-context": "gate",
      clusters: [{ name: "gate", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "gate", user: {} }],
      contexts: [{ name: "gate", context: { cluster: "gate", user: "gate" } }],
    }),
    count: () => count,
    open(nth = Infinity, told) {
      count = 0;
      last = nth;
      onShut = told;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
