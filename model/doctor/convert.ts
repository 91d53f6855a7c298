/** A spin.toml of version 1 as one of version 2: the canonical text with the comments of the old one where they belong. */
import { manifestOfText } from "../manifest/parse.ts";
import { synthesize } from "../manifest/synthesize.ts";
import { isTable, pathAt, pathTo, tomlPositions } from "../toml/index.ts";

/** The text must be one that `readManifest` reads. */
export function convertToVersion2(text: string): string {
  const { take, pathInText } = manifestOfText(text);
  const manifest = take();
  const canonical = synthesize(manifest);
  const [schemaLine = "", ...lines] = canonical.split("\n");
  const [before, after] = [tomlPositions(text), tomlPositions(canonical)];
  const moved = new Map<number, number>();
  for (const path of pathsIn(manifest, "")) {
    const to = after.get(path)?.line;
    for (const from of oldPaths(path, pathInText)) {
      const line = before.get(from)?.line;
      if (to !== undefined && line !== undefined && !moved.has(line)) moved.set(line, to);
    }
  }
  const notes = notesOf(text, moved);
  const told = lines.flatMap((line, index) => {
    // The schema line is the first.
    const { above = [], behind = [] } = notes.get(index + 2) ?? {};
    return [...above, [line, ...behind].join(" ")];
  });
  const head = notes.get(0)?.above ?? [];
  return [schemaLine, ...head, ...told].join("\n");
}

/** Tables have headers of their own in version 1, where version 2 says only whose they are. */
function oldPaths(path: string, pathInText: (path: string) => string): string[] {
  const own = pathInText(path);
  if (/^trigger\.[^.[]+\[\d+\]$/.test(path)) return [own.replace(/\.id$/, ".trigger")];
  return /^component\.[^.[]+$/.test(path) ? [own.replace(/\.id$/, ""), own] : [own];
}

function pathsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => [
      pathAt(path, index),
      ...pathsIn(item, pathAt(path, index)),
    ]);
  if (!isTable(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    pathTo(path, key),
    ...pathsIn(member, pathTo(path, key)),
  ]);
}

interface Notes {
  above?: string[];
  behind?: string[];
}

/** By line of the new text, 0 for its head: where nothing says where a comment belongs, it is kept all the same. */
function notesOf(text: string, moved: ReadonlyMap<number, number>): Map<number, Notes> {
  const lines = text.split(/\r?\n/);
  const notes = new Map<number, Notes>();
  for (const { line, comment, isAlone } of commentsIn(text)) {
    let about = line;
    if (isAlone) while (about <= lines.length && /^\s*(#.*)?$/.test(lines[about - 1] ?? "")) about += 1;
    const to = moved.get(about) ?? 0;
    const side = isAlone || to === 0 ? "above" : "behind";
    const there = notes.get(to) ?? {};
    notes.set(to, { ...there, [side]: [...(there[side] ?? []), comment] });
  }
  return notes;
}

function commentsIn(text: string): { line: number; comment: string; isAlone: boolean }[] {
  // Strings are matched too, so that a # within one is none.
  const tokens = /"""(?:[^\\]|\\[^])*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\r\n]*/g;
  return Array.from(text.matchAll(tokens)).flatMap(({ 0: token, index }) => {
    if (!token.startsWith("#") || token.startsWith("#:schema")) return [];
    const start = text.lastIndexOf("\n", index - 1) + 1;
    const line = text.slice(0, index).split("\n").length;
    return [{ line, comment: token, isAlone: text.slice(start, index).trim() === "" }];
  });
}
