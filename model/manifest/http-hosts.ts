/** The deprecated `allowed_http_hosts` (crates/manifest/src/compat.rs) in the words that took its place. */
import { type Issue, isSpinError, issue, SpinError } from "../errors/index.ts";
import type { ManifestComponent } from "./types.ts";

/** All hosts that a component may call, as the locked application has them. ERR_SPIN_ALLOWED_HOST for odd old entries. */
export function outboundHostsOf(
  component: Pick<ManifestComponent, "allowed_outbound_hosts" | "allowed_http_hosts">,
): string[] {
  const { allowed_outbound_hosts: hosts = [], allowed_http_hosts: old = [] } = component;
  return [...hosts, ...fromHttpHosts(old)];
}

/** `host[:port]`, also as a URL, becomes one entry for each of http and https; one that allows all outweighs the others. */
export function fromHttpHosts(entries: readonly string[]): string[] {
  if (entries.includes("insecure:allow-all")) return ["http://*:*", "https://*:*", "http://self"];
  return entries.flatMap((entry) => {
    const { hostname, host } = parseHost(entry);
    return hostname === "self" ? ["http://self"] : [`http://${host}`, `https://${host}`];
  });
}

/** What keeps an entry from being converted. */
export function httpHostIssues(entry: string, path: string): Issue[] {
  try {
    fromHttpHosts([entry]);
    return [];
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue(error.code, path, error.message, { hint: error.hint })];
  }
}

function parseHost(entry: string): URL {
  const url = entry.includes("//") ? parseUrl(entry) : parseUrl(`http://${entry}`);
  const problem =
    url === undefined || !/^https?:$/.test(url.protocol)
      ? "is no host with an optional port"
      : url.pathname === "/"
        ? undefined
        : `has the path "${url.pathname}"`;
  if (url !== undefined && problem === undefined) return url;
  throw new SpinError("ERR_SPIN_ALLOWED_HOST", `The allowed HTTP host "${entry}" ${problem}.`, {
    hint:
      url === undefined || url.hostname === ""
        ? "Write allowed_outbound_hosts with scheme://host[:port] instead."
        : `Write allowed_outbound_hosts = ["https://${url.host}"].`,
  });
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
