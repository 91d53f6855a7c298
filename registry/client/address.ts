/** Where a registry's API is, and where it may send us. */
import { apiHost } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { shown } from "../http/index.ts";

/**
 * Plain HTTP when told so, and for this machine's own addresses, as oras and Docker do, unless told otherwise: what never
 * leaves the machine needs no TLS, and a registry for tests has none.
 */
export function baseUrl(registry: string, insecure: boolean | undefined): URL {
  const isPlain = insecure ?? isLoopback(registry);
  return new URL(`${isPlain ? "http" : "https"}://${apiHost(registry)}/v2/`);
}

function isLoopback(registry: string): boolean {
  const host = registry.replace(/:\d+$/, "");
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * A `Location` or `Link` seen from where it stood. A registry behind a proxy often calls itself http: its own host is
 * asked by https then, and another host without TLS is refused.
 */
export function targetUrl(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined || !["http:", "https:"].includes(target.protocol))
    throw refused(`${shown(from)} sends to an address that is no URL of http or https`);
  target.username = "";
  target.password = "";
  target.hash = "";
  if (from.protocol === "https:" && target.protocol === "http:") {
    if (target.hostname !== from.hostname)
      throw refused(`${shown(from)} sends to ${shown(target)}, which has no TLS`);
    target.protocol = "https:";
    if (target.port === "" || target.port === "80") target.port = from.port;
  }
  return target;
}

export function refused(problem: string): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_REDIRECT", `${problem}.`);
}
