import { type Issue, issue } from "../../errors/index.ts";
import { pathTo } from "../../toml/index.ts";
import type { OutboundHttpConfig, RuntimeConfig } from "../types.ts";

const limits = [
  "max_connections",
  "max_concurrent_requests",
  "max_payload_size_bytes",
  "max_socket_connections",
  "max_total_connections",
] as const;

/** Numbers of connections and bytes, and what is said about outbound HTTP. */
export function limitIssues(config: RuntimeConfig): Issue[] {
  const tables = {
    outbound_networking: config.outbound_networking,
    outbound_http: config.outbound_http,
    outbound_redis: config.outbound_redis,
    outbound_pg: config.outbound_pg,
    outbound_mysql: config.outbound_mysql,
    outbound_mqtt: config.outbound_mqtt,
  };
  return [
    ...negativeIssues(config.max_instance_memory, "max_instance_memory"),
    ...Object.entries(tables).flatMap(([path, table = {}]) =>
      limits.flatMap((key) =>
        negativeIssues((table as Partial<Record<string, number>>)[key], pathTo(path, key)),
      ),
    ),
    ...(config.outbound_http === undefined ? [] : httpIssues(config.outbound_http)),
  ];
}

function negativeIssues(value: number | undefined, path: string): Issue[] {
  if (value === undefined || value >= 0) return [];
  const message = `${path} is ${value}; expected a whole number from 0 on.`;
  return [issue("ERR_SPIN_RUNTIME_CONFIG_LIMIT", path, message)];
}

/** crates/factor-outbound-http/src/runtime_config/spin.rs. */
function httpIssues(table: OutboundHttpConfig): Issue[] {
  const { max_connections: limit, max_concurrent_requests: older } = table;
  const at = "outbound_http.max_concurrent_requests";
  const issues: Issue[] = [];
  if (limit !== undefined && older !== undefined) {
    const message = `outbound_http has both max_connections, ${limit}, and max_concurrent_requests, ${older}; expected one of them.`;
    const hint = "Remove max_concurrent_requests, which is the deprecated one.";
    issues.push(issue("ERR_SPIN_RUNTIME_CONFIG_LIMIT", at, message, { hint }));
  } else if (older !== undefined && older >= 0) {
    const message = `${at} is deprecated by Spin, and ${older} lets ${older + 1} through at a time.`;
    const hint = `Write max_connections = ${older + 1}.`;
    issues.push(issue("ERR_SPIN_RUNTIME_CONFIG_LIMIT", at, message, { severity: "warning", hint }));
  }
  if (table.connection_pooling === undefined) {
    const message =
      "outbound_http does not say connection_pooling, which is false in a table without it, and true without the table.";
    const path = "outbound_http.connection_pooling";
    issues.push(issue("ERR_SPIN_RUNTIME_CONFIG_POOLING", path, message, { severity: "warning" }));
  }
  return issues;
}
