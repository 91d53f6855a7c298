/** The inspection of a manifest as tables for a person. */
import { renderCapabilities } from "../capability/render-table.ts";
import { targets } from "../capability/index.ts";
import { renderColumns, showBytes, visible } from "../columns.ts";
import type { ManifestInspection } from "./inspect-manifest.ts";

export function renderInspection(inspection: ManifestInspection): string {
  const { name, version, components, triggers, capabilities, sizeBytes } = inspection;
  const size = sizeBytes === 0 ? "" : `, ${showBytes(sizeBytes)} of binaries`;
  const counts = [count(components.length, "component"), count(triggers.length, "trigger")].join(", ");
  return [
    `${visible([name, version].join(" ").trim())}: ${counts}${size}\n`,
    ...(triggers.length === 0 ? [] : [triggerTable(triggers)]),
    ...(components.length === 0 ? [] : [componentTable(components)]),
    renderCapabilities(capabilities),
    ...askTable(components),
    ...inspection.targets.map(targetText),
  ].join("\n");
}

function triggerTable(triggers: ManifestInspection["triggers"]): string {
  const rows = triggers.map(({ type, calledBy, component }) => [
    visible(type),
    visible(calledBy.replace(`${type} `, "")),
    component === undefined ? "(static response)" : visible(component),
  ]);
  return renderColumns([["trigger", "called by", "component"], ...rows]);
}

function componentTable(components: ManifestInspection["components"]): string {
  const rows = components.map(({ id, source, sizeBytes, binary, runtime, producers }) => [
    visible(id),
    visible(source.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…")),
    sizeBytes === undefined ? states[binary] : showBytes(sizeBytes),
    visible(madeBy(producers)),
    binary !== "read" ? "" : runtime === undefined ? "what it uses" : `all that ${titles[runtime]} could use`,
  ]);
  return renderColumns([["component", "source", "size", "made by", "imports"], ...rows]);
}

const states = { read: "", missing: "not built", malformed: "not readable", elsewhere: "not fetched" };
const titles = { javascript: "JavaScript", python: "Python" };

/** The tools that say most, without the chain of those that only joined parts. */
function madeBy(producers: Record<string, string[]>): string {
  const { language = [], sdk = [], "processed-by": processed = [] } = producers;
  const joiners = /^(wit-component|wit-bindgen-\w+|wasm-tools|LLD|clang)\b/i;
  const tools = [...language.slice(0, 1), ...sdk, ...processed.filter((tool) => !joiners.test(tool))];
  const short = [...new Set(tools.map((tool) => tool.replace(/ \(.*$/s, "").trim()))].filter(
    (it) => it !== "",
  );
  return short.slice(0, 3).join(", ") || processed[0] || "";
}

function askTable(components: ManifestInspection["components"]): string[] {
  const rows = components.flatMap(({ id, couldAsk }) =>
    couldAsk.map((name, index) => [index === 0 ? visible(id) : "", visible(name)]),
  );
  return rows.length === 0 ? [] : [renderColumns([["component", "imported, not granted"], ...rows])];
}

function targetText({ target, issues }: ManifestInspection["targets"][number]): string {
  const { title, notes } = targets[target];
  const found =
    issues.length === 0
      ? [`nothing keeps it from ${title}`]
      : [`${count(issues.length, "problem")} with ${title}`, ...issues.map((it) => `  ${it.message}`)];
  return `${[...found, ...notes.map((note) => `  note: ${note}`)].map(visible).join("\n")}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
