/**
 * A runtime configuration as text. Keys and labels have a fixed order, so that equal configurations give equal bytes;
 * only the providers and the tables of client TLS keep theirs, which counts. The text holds the secrets in the clear.
 */
import { byCodeUnit } from "../json.ts";
import { isTable, keyText, type Member, memberLines } from "../toml/index.ts";
import type { RuntimeConfig } from "./types.ts";

/** Keys in the order in which they are written; others follow, sorted. */
const keyOrder = (
  "state_dir log_dir max_instance_memory key_value_store sqlite_database variables_provider llm_compute client_tls " +
  "outbound_networking outbound_http outbound_redis outbound_pg outbound_mysql outbound_mqtt " +
  "type path url vault_url token mount prefix account database container region table " +
  "component_ids hosts ca_use_platform_roots ca_use_webpki_roots ca_roots_file client_cert_file"
).split(" ");

/** Tables of labels, which are names: sorted by themselves. */
const labelled = ["key_value_store", "sqlite_database"];

/** The text of a runtime configuration, as runtime-config.toml has it; "" for an empty one. */
export function synthesizeRuntimeConfig(config: RuntimeConfig): string {
  const members = inOrder(config);
  const isInline = ([, value]: Member): boolean =>
    Array.isArray(value) ? value.length === 0 : !isTable(value);
  const blocks = [
    memberLines(members.filter(isInline), inOrder),
    ...members.filter((member) => !isInline(member)).flatMap(([key, value]) => section(key, value)),
  ];
  const texts = blocks.flatMap((lines) => (lines.length === 0 ? [] : [lines.join("\n")]));
  return texts.length === 0 ? "" : `${texts.join("\n\n")}\n`;
}

function section(key: string, value: unknown): string[][] {
  if (Array.isArray(value)) return value.flatMap((entry) => entryBlocks(key, entry));
  if (!isTable(value)) return [];
  const entries = byName(value);
  if (!labelled.includes(key) || entries.length === 0) return [tableBlock(key, value)];
  return entries.map(([label, entry]) => tableBlock(`${key}.${keyText(label)}`, isTable(entry) ? entry : {}));
}

/** One of a list of tables. Static variables take a line each. */
function entryBlocks(key: string, entry: unknown): string[][] {
  if (!isTable(entry)) return [];
  const { values, ...settings } = entry;
  const head = [`[[${key}]]`, ...memberLines(inOrder(settings), inOrder)];
  if (!isTable(values)) return [[...head, ...memberLines([["values", values]], inOrder)]];
  return [head, [`[${key}.values]`, ...memberLines(byName(values), inOrder)]];
}

function tableBlock(name: string, table: Record<string, unknown>): string[] {
  return [`[${name}]`, ...memberLines(inOrder(table), inOrder)];
}

function inOrder(table: object): Member[] {
  const rank = (key: string): number => (keyOrder.includes(key) ? keyOrder.indexOf(key) : keyOrder.length);
  return Object.entries(table).sort(([a], [b]) => rank(a) - rank(b) || byCodeUnit(a, b));
}

function byName(table: object): Member[] {
  return Object.entries(table).sort(([a], [b]) => byCodeUnit(a, b));
}
