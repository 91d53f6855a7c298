/** Property paths as text: `component.api.files[0].source`; a key that is no plain word is quoted as JSON quotes it. */

/** A longer key, which nobody means, is cut: a path stays small, and so do many paths through one huge key. */
const longestKey = 200;

export function pathTo(path: string, key: string): string {
  const shown = key.length > longestKey ? `${key.slice(0, longestKey)}…` : key;
  const part = /^[\w-]+$/.test(shown) ? shown : JSON.stringify(shown);
  return path === "" ? part : `${path}.${part}`;
}

export function pathAt(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The keys and indexes of a path, undoing `pathTo` and `pathAt`. */
export function pathParts(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\[(\d+)\]|("(?:[^"\\]|\\.)*")|([\w-]+)/gsu), ([, index, quoted, word]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (word ?? "") : (JSON.parse(quoted) as string);
  });
}
