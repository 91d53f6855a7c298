import { type Issue, issue } from "../../errors/index.ts";
import { kebabProblem } from "../../manifest/identifiers.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import { clientTlsRoots } from "../defaults.ts";
import type { ClientTlsConfig } from "../types.ts";

/** crates/factor-outbound-networking/src/runtime_config/spin.rs, tls.rs. */
export function clientTlsIssues(entries: readonly ClientTlsConfig[]): Issue[] {
  const seen = new Map<string, string>();
  return entries.flatMap((entry, index) => {
    const path = pathAt("client_tls", index);
    return [
      ...listIssues(entry, path),
      ...entry.component_ids.flatMap((id, at) => componentIssues(id, pathAt(`${path}.component_ids`, at))),
      ...entry.hosts.flatMap((host, at) => hostIssues(host, pathAt(`${path}.hosts`, at))),
      ...certificateIssues(entry, path),
      ...rootIssues(entry, path),
      ...overruledIssues(entry, path, seen),
    ];
  });
}

function listIssues(entry: ClientTlsConfig, path: string): Issue[] {
  return (["component_ids", "hosts"] as const).flatMap((key) => {
    if (entry[key].length > 0) return [];
    const at = pathTo(path, key);
    const hint = key === "hosts" ? "Name the hosts, without ports." : "Name the components by their ids.";
    return [issue("ERR_SPIN_RUNTIME_CONFIG_TLS", at, `${at} is empty; expected at least one.`, { hint })];
  });
}

function componentIssues(id: string, path: string): Issue[] {
  const problem = kebabProblem(id);
  if (problem === undefined) return [];
  const hint = "Name a component by its id in spin.toml, for example image-resizer.";
  return [issue("ERR_SPIN_RUNTIME_CONFIG_TLS", path, `The component id "${id}" ${problem}.`, { hint })];
}

function hostIssues(host: string, path: string): Issue[] {
  const wrong = (problem: string, hint: string, severity: Issue["severity"] = "error"): Issue[] => [
    issue("ERR_SPIN_RUNTIME_CONFIG_TLS", path, `The host "${host}" ${problem}.`, { severity, hint }),
  ];
  const name = "Write the name alone, for example api.example.com.";
  if (host === "") return wrong("is empty; expected a name or an address", name);
  if (/[/?#\\\s]/.test(host)) return wrong("is not a host alone", name);
  const bare = host.replace(/:\d*$/, "");
  const isIpv6 = /^\[[^\]]*\]$/.test(bare);
  if (!isIpv6 && bare.includes(":")) return wrong("is no host; an IPv6 address stands in brackets", name);
  if (bare !== host) return wrong("has a port; the table counts for all ports", `Write "${bare}".`);
  if (/[*@]/.test(host))
    return wrong("is compared as a whole, so that it never matches", "Name each host.", "warning");
  return [];
}

function certificateIssues(entry: ClientTlsConfig, path: string): Issue[] {
  const { client_cert_file: certificate, client_private_key_file: key } = entry;
  if ((certificate === undefined) === (key === undefined)) return [];
  const [present, absent] =
    key === undefined
      ? ["client_cert_file", "client_private_key_file"]
      : ["client_private_key_file", "client_cert_file"];
  const message = `${path} has ${present}, but no ${absent}; expected both or none.`;
  return [issue("ERR_SPIN_RUNTIME_CONFIG_TLS", path, message, { hint: `Add ${absent}.` })];
}

function rootIssues(entry: ClientTlsConfig, path: string): Issue[] {
  const { platform, webpki } = clientTlsRoots(entry);
  if (platform || webpki || entry.ca_roots_file !== undefined) return [];
  const message = `${path} trusts no certificate authority, neither the platform's nor others.`;
  const hint = "Give ca_roots_file, or set ca_use_platform_roots or ca_use_webpki_roots to true.";
  return [issue("ERR_SPIN_RUNTIME_CONFIG_TLS", path, message, { hint })];
}

/** The first table of a component and host counts. */
function overruledIssues(entry: ClientTlsConfig, path: string, seen: Map<string, string>): Issue[] {
  return entry.component_ids.flatMap((id) =>
    entry.hosts.flatMap((host) => {
      const pair = JSON.stringify([id, host]);
      const before = seen.get(pair);
      if (before === undefined) seen.set(pair, path);
      if (before === undefined || before === path) return [];
      const message = `${path} does not count for the component "${id}" and the host "${host}", which ${before} has already.`;
      const hint = "Remove one of them; the first counts.";
      return [issue("ERR_SPIN_RUNTIME_CONFIG_TLS", path, message, { severity: "warning", hint })];
    }),
  );
}
