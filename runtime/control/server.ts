/** The admin API of runtime/admin/protocol.ts. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { SpinError } from "../../model/errors/index.ts";
import { socketPath } from "../admin/paths.ts";
import type { HostStatus, PulledApp } from "../admin/protocol.ts";
import { readJson, sendJson, serveSocket } from "../admin/socket-server.ts";
import { storageError } from "../admin/storage-error.ts";
import type { Apps } from "./apps.ts";
import type { Blobs } from "./blobs.ts";
import { parseDeployment, parseEdit } from "./deployment.ts";
import { sendLogs } from "./logs.ts";
import { parsePull, pullApp } from "./pull.ts";

export interface Control {
  stateDir: string;
  apps: Apps;
  blobs: Blobs;
  status(): Promise<HostStatus>;
  /** Ends both processes, after the answer was sent. */
  shutdown(): void;
}

export function serveControl(control: Control): Promise<Server> {
  const socket = socketPath(control.stateDir, "control");
  return serveSocket(socket, (request, response) =>
    route(control, request, response).catch((error: unknown) => {
      throw storageError(error, control.stateDir);
    }),
  );
}

async function route(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url, words } = parseTarget(request.url ?? "/");
  const [version, kind, name, action] = words;
  const call = `${request.method} ${version}/${kind}${name === undefined ? "" : "/…"}${action === undefined ? "" : `/${action}`}`;
  const app = name ?? "";
  switch (call) {
    case "GET v1/status":
      return sendJson(response, 200, await control.status());
    case "POST v1/shutdown":
      sendJson(response, 202);
      return control.shutdown();
    case "HEAD v1/blobs/…":
      return sendJson(response, (await control.blobs.has(app)) ? 200 : 404);
    case "PUT v1/blobs/…":
      await control.blobs.write(app, request);
      return sendJson(response, 201);
    case "POST v1/pull":
      return sendJson(response, 200, await pull(control, request, response));
    default:
      return routeApp(control, call, app, url, request, response);
  }
}

/** Whoever asked and went away wants it no more. */
async function pull(
  { blobs }: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<PulledApp> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return pullApp(blobs, parsePull(await readJson(request)), gone.signal);
}

function parseTarget(target: string): { url: URL; words: string[] } {
  try {
    const url = new URL(target, "http://host");
    return { url, words: url.pathname.split("/").slice(1).map(decodeURIComponent) };
  } catch (error) {
    throw new SpinError("ERR_SPIN_HOST_REQUEST", `The host's API has no ${target}.`, { cause: error });
  }
}

async function routeApp(
  { apps, stateDir }: Control,
  call: string,
  app: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (call) {
    case "GET v1/apps":
      return sendJson(response, 200, apps.list());
    case "GET v1/apps/…":
      return sendJson(response, 200, apps.get(app));
    case "PUT v1/apps/…":
      return sendJson(response, 200, await apps.deploy(app, parseDeployment(await readJson(request))));
    case "DELETE v1/apps/…":
      await apps.delete(app, url.searchParams.get("owner") ?? undefined);
      return sendJson(response, 204);
    case "POST v1/apps/…/stop":
      return sendJson(response, 200, await apps.stop(app));
    case "POST v1/apps/…/start":
      return sendJson(response, 200, await apps.start(app));
    case "PUT v1/apps/…/variables":
      return sendJson(response, 200, await apps.setVariable(app, parseEdit(await readJson(request))));
    case "GET v1/apps/…/locked-app":
      return sendJson(response, 200, apps.lockedApp(app));
    case "GET v1/apps/…/denials":
      return sendJson(response, 200, await apps.denials(app));
    case "GET v1/apps/…/logs":
      apps.get(app);
      return sendLogs(stateDir, app, url.searchParams.get("follow") === "true", response);
    default:
      throw new SpinError("ERR_SPIN_HOST_REQUEST", `The host's API has no ${call}.`);
  }
}
