import type { ServerResponse } from "node:http";
import { respondPlain } from "./respond.ts";

const prefix = "/.well-known/spin/";

export interface AppInfo {
  name: string;
  version?: string | undefined;
}

/** Answers the paths that every Spin host answers itself; false for any other path. */
export function respondWellKnown(
  response: ServerResponse,
  path: string,
  { name, version }: AppInfo,
): boolean {
  if (!path.startsWith(prefix)) return false;
  switch (path.slice(prefix.length)) {
    case "health":
      respondPlain(response, 200, {}, "OK");
      break;
    case "info":
      respondPlain(
        response,
        200,
        { "content-type": "application/json" },
        JSON.stringify({ name, version }, null, 2),
      );
      break;
    default:
      respondPlain(response, 404);
  }
  return true;
}
