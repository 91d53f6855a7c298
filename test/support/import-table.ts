import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./imports.ts";

/** One row of the import table of ARCHITECTURE.md. */
export interface TableRow {
  folder: string;
  /** Folders, or folders in them (`runtime/admin`), that the sources of `folder` may import. */
  mayImport: string[];
  /** Of those, the ones that may be imported for their types alone. */
  typesOnly: string[];
}

/** The table of ARCHITECTURE.md whose first column is "folder". */
export function readImportTable(): TableRow[] {
  const lines = readFileSync(join(checkout, "ARCHITECTURE.md"), "utf8").split("\n");
  const start = lines.findIndex((line) => /^\|\s*folder\s*\|\s*may import\s*\|/.test(line));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end === -1 ? lines.length : end).map((line) => {
    const [folder = "", mayImport = "", what = ""] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return {
      folder,
      mayImport: mayImport
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
      typesOnly: [...what.matchAll(/types only from ([\w/-]+)/g)].map(([, name = ""]) => name),
    };
  });
}

/** Whether a path is that folder or inside it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** A cycle in a graph as the nodes on it, first one repeated at the end; undefined when there is none. */
export function findCycle(edges: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] | undefined => {
    const at = path.indexOf(node);
    if (at !== -1) return [...path.slice(at), node];
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
