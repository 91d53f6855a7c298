/** Texts for what is new, copied from the manifest as `synthesize` writes it: its words and its order are the style. */
import { keyText } from "../../toml/index.ts";
import { type Node, type TableNode, valueOf } from "../../toml/tree.ts";

/** A value behind `key = `, on several lines if it is written so. */
export function valueText(text: string, node: Node): string {
  const value = valueOf(node);
  return value === undefined ? inlineText(text, node) : text.slice(...value.span);
}

/** A value on one line. */
export function inlineText(text: string, node: Node): string {
  if (node.kind === "scalar") return text.slice(...node.value.span);
  if (node.kind !== "table") return `[${node.items.map((item) => inlineText(text, item)).join(", ")}]`;
  const members = [...node.members].map(([key, member]) => `${keyText(key)} = ${inlineText(text, member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

export function pairText(text: string, key: string, node: Node): string {
  return `${keyText(key)} = ${valueText(text, node)}`;
}

/** Whether a node is written with headers. */
export function isBlock(node: Node): boolean {
  return valueOf(node) === undefined && !(node.kind === "table" && node.how.form === "dotted");
}

/** A header with the pairs below it for every table of a node, whose own path is `path` as headers have it. */
export function blockTexts(text: string, path: string, node: Node): string[] {
  if (node.kind === "tables")
    return node.items.flatMap((item) => tableTexts(text, `[[${path}]]`, path, item));
  return node.kind === "table" ? tableTexts(text, `[${path}]`, path, node) : [];
}

/** The block of an item of an array of tables. */
export function itemTexts(text: string, path: string, node: Node): string[] {
  return node.kind === "table" ? tableTexts(text, `[[${path}]]`, path, node) : [];
}

/** The path of a table's member in headers. */
export function headerPath(path: string, key: string): string {
  return path === "" ? keyText(key) : `${path}.${keyText(key)}`;
}

function tableTexts(text: string, header: string, path: string, table: TableNode): string[] {
  const members = [...table.members];
  const lines = members.flatMap(([key, it]) => (isBlock(it) ? [] : [pairText(text, key, it)]));
  const below = members.flatMap(([key, it]) =>
    isBlock(it) ? blockTexts(text, headerPath(path, key), it) : [],
  );
  return table.how.form === "implicit" ? below : [[header, ...lines].join("\n"), ...below];
}
