import type { ListNode, Node, TableNode, TablesNode } from "../../toml/tree.ts";

/** A node with what it says. */
export interface Side<N extends Node = Node> {
  node: N;
  data: unknown;
}

export function member({ node, data }: Side<TableNode>, key: string): Side | undefined {
  const inner = node.members.get(key);
  return inner && { node: inner, data: (data as Record<string, unknown>)[key] };
}

export function items({ data }: Side<ListNode | TablesNode>): unknown[] {
  return data as unknown[];
}

export function item(side: Side<ListNode | TablesNode>, index: number | undefined): Side | undefined {
  const node = index === undefined ? undefined : side.node.items[index];
  return node && { node, data: items(side)[index ?? 0] };
}
