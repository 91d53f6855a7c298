import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import { SpinError } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";
import { limitsShape } from "../admin/limits.ts";
import { readJson, sendJson, serveSocket } from "../admin/socket-server.ts";
import type { Engine } from "./engine.ts";
import type { Leash } from "./leash.ts";
import type { EngineStatus } from "./protocol.ts";

const revisionBody = z.object({
  lockedApp: z.record(z.string(), z.unknown()),
  listen: z.string(),
  variables: z.record(z.string(), z.string()),
  health: z.object({ path: z.string(), timeoutMs: z.int() }).optional(),
  limits: limitsShape.optional(),
});

/** A control process of an earlier version says nothing. */
const shutdownBody = z.object({ controlPid: z.int().optional() });

export interface EngineServerOptions {
  socket: string;
  version: string;
  engine: Engine;
  leash: Leash;
  /** Asked to end, by that control process if one asks; called after the answer is on its way. */
  onShutdown: (controlPid?: number) => void;
}

/** Serves protocol.ts on a Unix socket of mode 0600. */
export function serveEngine(options: EngineServerOptions): Promise<Server> {
  return serveSocket(options.socket, (request, response) => answer(options, request, response));
}

async function answer(
  options: EngineServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { engine, leash, version } = options;
  const { segments, call } = parseCall(request);
  const [app = "", number = ""] = segments;
  switch (call) {
    case "GET status":
      return sendJson(response, 200, {
        version,
        pid: process.pid,
        apps: engine.status(),
      } satisfies EngineStatus);
    case "GET leash":
      return leash.hold(response);
    case "POST shutdown": {
      const { controlPid } = checked(shutdownBody, await readJson(request).catch(() => ({})));
      sendJson(response, 202);
      return options.onShutdown(controlPid);
    }
    case "PUT apps revisions": {
      const { lockedApp, health, ...spec } = checked(revisionBody, await readJson(request));
      const revision = {
        ...spec,
        lockedApp: lockedApp as { [key: string]: Json },
        ...(health && { health }),
      };
      await engine.prepare(app, Number(number), revision);
      return sendJson(response, 204);
    }
    case "POST apps active": {
      const { revision } = checked(z.object({ revision: z.int() }), await readJson(request));
      return sendJson(response, 200, { address: await engine.activate(app, revision) });
    }
    case "PUT apps variables":
      engine.setVariables(app, checked(z.record(z.string(), z.string()), await readJson(request)));
      return sendJson(response, 204);
    case "GET apps denials":
      return sendJson(response, 200, engine.denials(app));
    case "DELETE apps":
      await engine.remove(app);
      return sendJson(response, 204);
    default:
      throw new SpinError("ERR_SPIN_RUNTIME_REQUEST", `The engine has no ${request.method} ${request.url}.`);
  }
}

/** `PUT /v1/apps/shop/revisions/3` is the call `PUT apps revisions` on `shop` and `3`. */
function parseCall({ method, url = "" }: IncomingMessage): { call: string; segments: string[] } {
  const parts = url.split("/").slice(2).map(decodeURIComponent);
  return {
    call: [method, ...parts.filter((_part, index) => index % 2 === 0)].join(" "),
    segments: parts.filter((_part, index) => index % 2 === 1),
  };
}

function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  // Paths and expectations only: the values may be secret.
  const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new SpinError(
    "ERR_SPIN_RUNTIME_REQUEST",
    `The engine cannot read this request: ${problems.join("; ")}.`,
  );
}
