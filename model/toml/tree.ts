/** A scanned document as the tree that it means, each node with the way in which it is written. */
import type { Span } from "./reader.ts";
import { type Section, scanToml } from "./scan.ts";
import type { InlineTable, Key, List, Pair, Scalar, Value } from "./scan-value.ts";

export type Node = ScalarNode | ListNode | TableNode | TablesNode;
export interface ScalarNode {
  kind: "scalar";
  /** Where its key is first written; for an item of a list, the item. */
  key: Span;
  value: Scalar;
}
export interface ListNode {
  kind: "list";
  key: Span;
  value: List;
  items: Node[];
}
/** An array of tables with headers of their own. */
export interface TablesNode {
  kind: "tables";
  key: Span;
  items: TableNode[];
}
export interface TableNode {
  kind: "table";
  key: Span;
  how: Writing;
  members: Map<string, Node>;
}

export type Writing =
  | { form: "section"; section: Section }
  /** By headers of tables below it only, `first` of them. */
  | { form: "implicit"; first: Section }
  /** By dotted keys in a section or an inline table; `prefix` spans their parts for this table, as first written. */
  | { form: "dotted"; home: Section | InlineTable; prefix: Span; first: Pair; last: Pair }
  | { form: "inline"; value: InlineTable };

export interface Tree {
  root: TableNode;
  /** In the order of the text. */
  sections: [root: Section, ...others: Section[]];
}

/** Of a text that the parser has read. */
export function tomlTree(text: string): Tree {
  const sections = scanToml(text);
  const [top, ...others] = sections;
  const root = tableNode(top.span, { form: "section", section: top });
  putPairs(root, top);
  for (const section of others) putPairs(sectionTable(root, section), section);
  return { root, sections };
}

/** The value by which a node is written, if it is one value. */
export function valueOf(node: Node): Value | undefined {
  if (node.kind === "tables") return undefined;
  if (node.kind !== "table") return node.value;
  return node.how.form === "inline" ? node.how.value : undefined;
}

function tableNode(key: Span, how: Writing): TableNode {
  return { kind: "table", key, how, members: new Map() };
}

/** The table that a header opens. */
function sectionTable(root: TableNode, section: Section): TableNode {
  let table = root;
  for (const { text, span } of section.keys.slice(0, -1))
    table = below(table, text, () => tableNode(span, { form: "implicit", first: section }));
  const last = section.keys.at(-1);
  if (last === undefined) return table;
  const how: Writing = { form: "section", section };
  if (section.isItem) return itemTable(table, last, how);
  const opened = below(table, last.text, () => tableNode(last.span, how));
  // One that was implicit so far.
  Object.assign(opened, { key: last.span, how });
  return opened;
}

function itemTable(table: TableNode, { text, span }: Key, how: Writing): TableNode {
  const item = tableNode(span, how);
  const tables = table.members.get(text);
  if (tables?.kind === "tables") tables.items.push(item);
  else table.members.set(text, { kind: "tables", key: span, items: [item] });
  return item;
}

/** The table at a key, for an array of tables the last one. */
function below(table: TableNode, key: string, create: () => TableNode): TableNode {
  const member = table.members.get(key);
  const found = member?.kind === "tables" ? member.items.at(-1) : member;
  if (found?.kind === "table") return found;
  const created = create();
  table.members.set(key, created);
  return created;
}

function putPairs(table: TableNode, home: Section | InlineTable): void {
  for (const pair of home.pairs) {
    let target = table;
    const from = pair.keys[0]?.span[0] ?? 0;
    for (const key of pair.keys.slice(0, -1)) {
      target = below(target, key.text, () => {
        const prefix: Span = [from, key.span[1]];
        return tableNode(key.span, { form: "dotted", home, prefix, first: pair, last: pair });
      });
      if (target.how.form === "dotted") target.how.last = pair;
    }
    const last = pair.keys.at(-1);
    if (last !== undefined) target.members.set(last.text, valueNode(pair.value, last.span));
  }
}

function valueNode(value: Value, key: Span): Node {
  if (value.kind === "scalar") return { kind: "scalar", key, value };
  if (value.kind === "list")
    return { kind: "list", key, value, items: value.items.map((item) => valueNode(item, item.span)) };
  const table = tableNode(key, { form: "inline", value });
  putPairs(table, value);
  return table;
}
