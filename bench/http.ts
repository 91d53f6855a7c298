import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComponentDefinition, RouteDefinition } from "../model/definition.ts";
import { lockApp } from "../model/locked-app/index.ts";
import { inspectWasm } from "../model/wasm/index.ts";
import { buildComponent } from "../provider/build/index.ts";
import { connect } from "../runtime/admin/client.ts";
import { checkout } from "../scripts/bootstrap/paths.mjs";
import { type Load, load } from "./load.ts";
import { renderTable } from "./render-table.ts";

export interface Measured extends Load {
  name: string;
}

/** One line for each server, with its cost as a multiple of the first one's. */
export function renderHttp(rows: readonly Measured[]): string {
  const base = rows[0];
  const cells = rows.map((row) => [
    row.name,
    row.requestsPerSecond.toFixed(0),
    row.cpuMicroseconds.toFixed(0),
    base === undefined ? "" : `${(row.cpuMicroseconds / base.cpuMicroseconds).toFixed(1)}×`,
  ]);
  return renderTable(["server", "requests/s", "CPU µs/request", "CPU against node:http"], cells);
}

const quickstart = join(checkout, "examples", "quickstart");

/** A bare node:http server, then the host with a static response and with the quickstart's components. */
export async function benchHttp(): Promise<Measured[]> {
  const stateDir = await mkdtemp(join(tmpdir(), "spin-bench-"));
  const host = await connect({ stateDir, start: true });
  const node = spawn(process.execPath, ["-e", bareServer], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [port] = (await once(node.stdout, "data")) as [Buffer];
    const components = [await component("stats", "dist/stats.wasm"), await component("api", "dist/api.wasm")];
    for (const { digest, bytes } of components) await host.putBlob(digest, bytes);
    const routes: RouteDefinition[] = [
      { route: "/static", staticResponse: { statusCode: 200, headers: {}, body: "hello" } },
      { route: "/stats/...", component: "stats" },
      { route: "/", component: "api" },
    ];
    const lockedApp = lockApp({
      name: "bench",
      version: "",
      authors: [],
      variables: [{ name: "greeting", default: "hello", required: false, secret: false }],
      components: components.map(({ bytes: _bytes, ...definition }) => definition),
      routes,
    });
    const { url } = await host.deploy("bench", {
      lockedApp: { ...lockedApp },
      listen: "127.0.0.1:0",
      variables: {},
    });
    const { enginePid = 0 } = await host.status();
    return [
      { name: "node:http", ...(await load(`http://127.0.0.1:${String(port).trim()}/`, node.pid ?? 0)) },
      { name: "host, static response", ...(await load(`${url}static`, enginePid)) },
      { name: "host, Rust component", ...(await load(`${url}stats/x`, enginePid)) },
      { name: "host, TypeScript component", ...(await load(url, enginePid)) },
    ];
  } finally {
    node.kill();
    await host.shutdown();
    await rm(stateDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

const bareServer = `
  const server = require("node:http").createServer((request, response) => response.end("hello"));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

async function component(id: string, output: string): Promise<ComponentDefinition & { bytes: Buffer }> {
  const workdir = `components/${id}`;
  const source = `${workdir}/${output}`;
  const build = { command: ["npm", "run", "--silent", "build"], workdir, watch: ["src/**", "package.json"] };
  const { digest } = await buildComponent({
    projectDir: quickstart,
    inputs: { componentId: id, source, build },
  });
  const bytes = await readFile(join(quickstart, source));
  const { imports, exports } = inspectWasm(bytes);
  const grant = {
    keyValueStores: ["default"],
    allowedOutboundHosts: [],
    sqliteDatabases: [],
    aiModels: [],
    files: [],
  };
  const grants = [{ ...grant, variables: { greeting: "{{ greeting }}" } }];
  return { id, source, environment: {}, grants, digest, size: bytes.length, imports, exports, bytes };
}
