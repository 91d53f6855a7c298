import { readToml } from "../../toml/index.ts";
import { tomlTree } from "../../toml/tree.ts";
import { synthesize } from "../synthesize.ts";
import type { Manifest } from "../types.ts";
import { changeTable, type Edit } from "./change-table.ts";
import { noChanges } from "./changes.ts";
import { render } from "./render.ts";
import { isSame } from "./same.ts";

/** Down to which depth tables are changed in place; the first that gives the right text is taken. */
const depths = [Number.POSITIVE_INFINITY, 3, 2, 1, 0];

/**
 * The text of a spin.toml changed so that it says `to`, and otherwise left as it is: comments, order, blank lines,
 * quotes. Removed keys go with the comment behind them, removed tables also with the comments directly above; what is
 * new is written as `synthesize` writes it. Throws ERR_SPIN_MANIFEST_TOML for what is no TOML, on either side.
 */
export function edit(text: string, to: Manifest): string {
  const canonical = synthesize(to);
  const [before, after] = [read(text), read(canonical)];
  if (isSame(before, after)) return text;
  for (const depth of depths) {
    const result = merge(text, canonical, depth);
    if (isText(result, after)) return result;
  }
  return canonical;
}

/** The text changed to say what another one says; what differs below a depth is copied as a whole. */
export function merge(text: string, canonical: string, depth: number): string {
  const [before, after] = [read(text), read(canonical)];
  const { root, sections } = tomlTree(text);
  const lineBreak = /\r?\n/.exec(text)?.[0] ?? "\n";
  const edit: Edit = { old: text, canonical, lineBreak, changes: noChanges(), depth };
  changeTable(edit, "", { node: root, data: before }, { node: tomlTree(canonical).root, data: after });
  return render(text, sections, edit.changes, lineBreak);
}

/** Whether a text says what it should. */
function isText(text: string, data: unknown): boolean {
  try {
    return isSame(read(text), data);
  } catch {
    return false;
  }
}

function read(text: string): unknown {
  return readToml(text, "ERR_SPIN_MANIFEST_TOML", "The manifest");
}
