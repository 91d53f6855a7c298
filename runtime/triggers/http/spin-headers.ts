import { absoluteRoute } from "../../../model/manifest/route-pattern.ts";
import type { Field } from "../../wasi/http/fields.ts";

export interface SpinHeaderContext {
  /** As in the manifest. */
  route: string;
  wildcard: string;
  captures: readonly (readonly [name: string, value: string])[];
  /** `http://example.com/path?query` */
  fullUrl: string;
  /** `ip:port` */
  clientAddress: string;
}

/** The headers that Spin adds to a request (crates/http/src/routes and trigger-http/src/server.rs). */
export function spinHeaders({
  route,
  wildcard,
  captures,
  fullUrl,
  clientAddress,
}: SpinHeaderContext): Field[] {
  const headers: [string, string][] = [
    ["spin-path-info", wildcard],
    ["spin-full-url", fullUrl],
    ["spin-matched-route", absoluteRoute(route)],
    ["spin-base-path", "/"],
    ["spin-raw-component-route", route],
    ["spin-component-route", route.endsWith("/...") ? route.slice(0, -4) : route],
    ["spin-client-addr", clientAddress],
    ...captures.map(([name, value]): [string, string] => [
      `spin-path-match-${name.toLowerCase().replaceAll("_", "-")}`,
      value,
    ]),
  ];
  return headers.map(([name, value]) => [name, Buffer.from(value)]);
}
