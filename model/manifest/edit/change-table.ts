/** Finds what to change in a table so that it says what another one says. */
import type { Section } from "../../toml/scan.ts";
import type { Value } from "../../toml/scan-value.ts";
import { type ListNode, type Node, type TableNode, type TablesNode, valueOf } from "../../toml/tree.ts";
import { add } from "./add.ts";
import { align } from "./align.ts";
import { type Changes, insert, lastSection, remove } from "./changes.ts";
import { headerPath, inlineText, itemTexts, valueText } from "./copy.ts";
import { inQuotesOf } from "./quote.ts";
import { isSame } from "./same.ts";
import { item, items, member, type Side } from "./side.ts";

export interface Edit {
  /** The text that is edited, and the one that says how new things are written. */
  old: string;
  canonical: string;
  lineBreak: string;
  changes: Changes;
  /** Tables and lists below this depth are written anew where they differ. */
  depth: number;
}

/** Where a node stands: the path of its table in headers, its depth, and whether it is inside of a value. */
interface Place {
  path: string;
  depth: number;
  isInline: boolean;
}

export function changeTable(
  edit: Edit,
  path: string,
  before: Side<TableNode>,
  after: Side<TableNode>,
  depth = 0,
): void {
  for (const [key, node] of before.node.members) if (!after.node.members.has(key)) remove(edit.changes, node);
  const isInline = isWithinValue(before.node);
  const added: [string, Node][] = [];
  for (const key of after.node.members.keys()) {
    const [old, next] = [member(before, key), member(after, key)];
    if (next === undefined || (old !== undefined && isSame(old.data, next.data))) continue;
    if (old !== undefined) {
      if (changeInPlace(edit, { path: headerPath(path, key), depth: depth + 1, isInline }, old, next))
        continue;
      remove(edit.changes, old.node);
    }
    added.push([key, next.node]);
  }
  add(edit, path, before.node, after.node, added);
}

/** Whether it can be done without writing it somewhere else. */
function changeInPlace(edit: Edit, place: Place, before: Side, after: Side): boolean {
  const isDeep = place.depth > edit.depth;
  const [old, next] = [before.node, after.node];
  if (old.kind === "tables") return !isDeep && changeTables(edit, place, { ...before, node: old }, after);
  if (old.kind === "table" && next.kind === "table" && !isDeep) {
    const isEmpty = old.members.size === 0 || next.members.size === 0;
    if (!isEmpty || old.how.form === "section") {
      changeTable(edit, place.path, { ...before, node: old }, { ...after, node: next }, place.depth);
      return true;
    }
  }
  if (old.kind === "list" && (next.kind === "list" || next.kind === "tables") && !isDeep) {
    if (old.items.length > 0 && next.items.length > 0) {
      changeList(edit, place, { ...before, node: old }, { ...after, node: next });
      return true;
    }
    if (next.kind === "tables" && !place.isInline) return false;
  }
  return replace(edit, place, before, after);
}

function replace(
  { changes, old, canonical, lineBreak }: Edit,
  place: Place,
  before: Side,
  after: Side,
): boolean {
  const value = valueOf(before.node);
  if (value === undefined) return false;
  const text = place.isInline ? inlineText(canonical, after.node) : valueText(canonical, after.node);
  const isText = typeof after.data === "string" && typeof before.data === "string";
  changes.replaced.set(
    value,
    isText
      ? inQuotesOf(old.slice(...value.span), String(after.data), text, lineBreak)
      : text.replaceAll("\n", lineBreak),
  );
  return true;
}

function changeList(
  edit: Edit,
  place: Place,
  before: Side<ListNode>,
  after: Side<ListNode | TablesNode>,
): void {
  const { changes, canonical } = edit;
  const [first] = before.node.value.items;
  let last: Value | undefined;
  for (const [oldAt, nextAt] of align(items(before), items(after))) {
    const [old, next] = [item(before, oldAt), item(after, nextAt)];
    const value = old && valueOf(old.node);
    if (old === undefined && next !== undefined) {
      if (last !== undefined) insert(changes.after, last, [inlineText(canonical, next.node)]);
      else if (first !== undefined) insert(changes.before, first, [inlineText(canonical, next.node)]);
    }
    if (old === undefined || value === undefined) continue;
    last = value;
    if (next === undefined) changes.removed.add(value);
    else if (!isSame(old.data, next.data))
      changeInPlace(edit, { ...place, depth: place.depth + 1, isInline: true }, old, next);
  }
}

function changeTables(edit: Edit, { path, depth }: Place, before: Side<TablesNode>, after: Side): boolean {
  const { node } = after;
  if ((node.kind !== "list" && node.kind !== "tables") || node.items.length === 0) return false;
  if (node.items.some(({ kind }) => kind !== "table")) return false;
  let last: Section | undefined;
  for (const [oldAt, nextAt] of align(items(before), items({ node, data: after.data }))) {
    const [old, next] = [item(before, oldAt), item({ node, data: after.data }, nextAt)];
    if (old !== undefined) last = lastSection(old.node) ?? last;
    if (next === undefined) {
      if (old !== undefined) remove(edit.changes, old.node);
    } else if (old === undefined)
      insertItem(edit, before.node, last, itemTexts(edit.canonical, path, next.node));
    else if (old.node.kind === "table" && next.node.kind === "table" && !isSame(old.data, next.data))
      changeTable(edit, path, { ...old, node: old.node }, { ...next, node: next.node }, depth + 1);
  }
  return true;
}

/** Behind the last section of the items before, or in front of the first item. */
function insertItem(
  { changes }: Edit,
  { items: [first] }: TablesNode,
  last: Section | undefined,
  texts: string[],
): void {
  if (last !== undefined) insert(changes.blocksAfter, last, texts);
  else if (first?.how.form === "section") insert(changes.blocksBefore, first.how.section, texts);
}

function isWithinValue({ how }: TableNode): boolean {
  return how.form === "inline" || (how.form === "dotted" && "kind" in how.home);
}
