/** What is to change in a scanned text. */
import type { Section } from "../../toml/scan.ts";
import type { Value } from "../../toml/scan-value.ts";
import { type Node, valueOf } from "../../toml/tree.ts";

export interface Changes {
  /** A value goes with its key, a section with its pairs; what else is below a header has sections of its own. */
  removed: Set<Section | Value>;
  /** Another text for a value. */
  replaced: Map<Value, string>;
  /** Pairs or items right before a member of a list. */
  before: Map<Value, string[]>;
  /** Pairs or items right behind a member of a list or a table, or right below a header. */
  after: Map<Section | Value, string[]>;
  /** Sections in front of a section, or behind it. */
  blocksBefore: Map<Section, string[]>;
  blocksAfter: Map<Section, string[]>;
}

export function noChanges(): Changes {
  return {
    removed: new Set(),
    replaced: new Map(),
    before: new Map(),
    after: new Map(),
    blocksBefore: new Map(),
    blocksAfter: new Map(),
  };
}

/** Adds texts behind those that are there already. */
export function insert<K>(places: Map<K, string[]>, at: K, texts: readonly string[]): void {
  const there = places.get(at);
  if (there === undefined) places.set(at, [...texts]);
  else there.push(...texts);
}

/** Removes everything that says a node, wherever it stands. */
export function remove({ removed }: Changes, node: Node): void {
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const value = valueOf(next);
    if (value !== undefined) removed.add(value);
    else if (next.kind === "tables") pending.push(...next.items);
    else if (next.kind === "table") {
      if (next.how.form === "section") removed.add(next.how.section);
      pending.push(...next.members.values());
    }
  }
}

/** The last of the sections that say a node. */
export function lastSection(node: Node): Section | undefined {
  let last: Section | undefined;
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "tables") pending.push(...next.items);
    if (next.kind !== "table") continue;
    pending.push(...next.members.values());
    if (next.how.form !== "section") continue;
    if (last === undefined || next.how.section.span[0] >= last.span[0]) last = next.how.section;
  }
  return last;
}
