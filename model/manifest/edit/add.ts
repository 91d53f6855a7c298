/** Puts new members into a table, in the way in which the table is written. */
import { keyText } from "../../toml/index.ts";
import type { Section } from "../../toml/scan.ts";
import type { Node, TableNode } from "../../toml/tree.ts";
import type { Edit } from "./change-table.ts";
import { insert, lastSection } from "./changes.ts";
import { blockTexts, headerPath, inlineText, isBlock, pairText } from "./copy.ts";

type Member = [key: string, node: Node];

/** `path` is the table's in headers; `whole` is the table as it will be. */
export function add(edit: Edit, path: string, table: TableNode, whole: TableNode, added: Member[]): void {
  const { changes, canonical } = edit;
  const { how } = table;
  const inline = ([key, node]: Member): string => `${keyText(key)} = ${inlineText(canonical, node)}`;
  const line = ([key, node]: Member): string => pairText(canonical, key, node);
  switch (how.form) {
    case "inline": {
      const last = how.value.pairs.at(-1);
      if (last !== undefined) insert(changes.after, last.value, added.map(inline));
      return;
    }
    case "dotted": {
      const prefix = edit.old.slice(...how.prefix);
      const text = "kind" in how.home ? inline : line;
      insert(
        changes.after,
        how.last.value,
        added.map((member) => `${prefix}.${text(member)}`),
      );
      return;
    }
    case "section":
    case "implicit":
      addToSection(edit, path, table, whole, added);
  }
}

function addToSection(edit: Edit, path: string, table: TableNode, whole: TableNode, added: Member[]): void {
  const { changes, canonical } = edit;
  const { how } = table;
  const isHeaded = ([, node]: Member): boolean =>
    isBlock(node) || (how.form === "implicit" && node.kind === "table");
  const lines = added.flatMap((it) => (isHeaded(it) ? [] : [pairText(canonical, ...it)]));
  if (lines.length > 0 && how.form === "section")
    insert(changes.after, how.section.pairs.at(-1)?.value ?? how.section, lines);
  if (lines.length > 0 && how.form === "implicit")
    insert(changes.blocksBefore, how.first, [[`[${path}]`, ...lines].join("\n")]);
  const headed = added.filter(isHeaded);
  const last = headed.length > 0 ? lastSection(table) : undefined;
  for (const [key, node] of headed) {
    const place = path === "" ? placeAtRoot(table, key, whole) : last;
    if (place !== undefined)
      insert(changes.blocksAfter, place, blockTexts(canonical, headerPath(path, key), node));
  }
}

/** Behind what was there for the key, or else behind the nearest of the keys that come before it. */
function placeAtRoot(root: TableNode, key: string, whole: TableNode): Section | undefined {
  const keys = [...whole.members.keys()];
  for (let at = keys.indexOf(key); at >= 0; at -= 1) {
    const kin = root.members.get(keys[at] ?? "");
    const last = kin && lastSection(kin);
    if (last !== undefined) return last;
  }
  return root.how.form === "section" ? root.how.section : undefined;
}
