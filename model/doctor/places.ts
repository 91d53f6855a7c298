import type { Place } from "../toml/index.ts";

/** Of the key itself, or of the nearest table around a key that is missing. */
export function nearestPlace(path: string, places: ReadonlyMap<string, Place>): Place | undefined {
  for (let around = path; around !== ""; around = parentOf(around)) {
    const place = places.get(around);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The keys and indexes of a path. */
export function pathParts(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\[(\d+)\]|("(?:[^"\\]|\\.)*")|([\w-]+)/gsu), ([, index, quoted, word]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (word ?? "") : (JSON.parse(quoted) as string);
  });
}

function parentOf(path: string): string {
  return path.replace(/(?:^|\.)(?:[\w-]+|"(?:[^"\\]|\\.)*")$|\[\d+\]$|.$/su, "");
}
