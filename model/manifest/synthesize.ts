/**
 * A manifest as text: the schema line first, tables in the order a person reads them, lists of more than one entry a
 * line each. Variables, triggers and components stay in the order of their declaration; all other keys have a fixed
 * order, so that equal manifests give equal bytes.
 */
import { byCodeUnit } from "../json.ts";
import { keyText, type Member, memberLines } from "../toml/index.ts";
import type { Manifest } from "./types.ts";

/** By which editors find the schema. */
export const schemaLine = "#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json";

/** Keys in the order in which they are written; others follow, sorted. */
const keyOrder = (
  "id name version description authors required default secret " +
  "route component static_response status_code headers body " +
  "source registry package url digest destination variables environment files exclude_files " +
  "allowed_outbound_hosts key_value_stores sqlite_databases ai_models command workdir watch"
).split(" ");

/** The text of a manifest, as spin.toml has it. */
export function synthesize(manifest: Manifest): string {
  const { application, variables = {}, trigger, component = {} } = manifest;
  const blocks = [
    [schemaLine, "spin_manifest_version = 2"],
    ["[application]", ...lines(inOrder(application))],
    ...(Object.keys(variables).length === 0 ? [] : [["[variables]", ...lines(Object.entries(variables))]]),
    ...triggerBlocks(trigger),
    ...Object.entries(component).flatMap(([id, { build, ...settings }]) => {
      const table = `component.${keyText(id)}`;
      const block = [`[${table}]`, ...lines(inOrder(settings))];
      return build === undefined ? [block] : [block, [`[${table}.build]`, ...lines(inOrder(build))]];
    }),
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

/** A type without triggers is still written, since Spin wants the table. */
function triggerBlocks(trigger: Manifest["trigger"]): string[][] {
  const types = Object.entries(trigger);
  const empty = types.filter(([, triggers]) => triggers.length === 0);
  return [
    ...(types.length === 0 || empty.length > 0 ? [["[trigger]", ...lines(empty)]] : []),
    ...types.flatMap(([type, triggers]) =>
      triggers.map((settings) => [`[[trigger.${keyText(type)}]]`, ...lines(inOrder(settings))]),
    ),
  ];
}

function inOrder(table: object): Member[] {
  const rank = (key: string): number => (keyOrder.includes(key) ? keyOrder.indexOf(key) : keyOrder.length);
  return Object.entries(table).sort(([a], [b]) => rank(a) - rank(b) || byCodeUnit(a, b));
}

function lines(members: readonly Member[]): string[] {
  return memberLines(members, inOrder);
}
