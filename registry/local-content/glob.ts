/** Spin's glob patterns: `?`, `*`, `[a-z]`, `[!a]`, and `**` as a whole part for any number of folders. Dots are no exception. */
import { SpinError } from "../../model/errors/index.ts";

export function isGlob(text: string): boolean {
  return /[?*[\]]/.test(text);
}

/** A test for paths with "/" between their parts. ERR_SPIN_COMPONENT_FILES for a pattern that makes no sense. */
export function globPattern(pattern: string): RegExp {
  const parts = pattern.split("/").filter((part) => part !== ".");
  const source = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === "**") return isLast ? ".*" : "(?:[^/]+/)*";
    if (part.includes("**")) throw malformed(pattern, '"**" stands alone between slashes');
    return `${partSource(part, pattern)}${isLast ? "" : "/"}`;
  });
  return new RegExp(`^${source.join("")}$`, "su");
}

function partSource(part: string, pattern: string): string {
  // Two stars that are no "**" are refused above, so that no expression backtracks over the same text twice.
  return part.replaceAll(
    /\[(!?)(\]?[^\]]*)\]|([\s\S])/gu,
    (_, not: string, set: string | undefined, character: string) => {
      if (set !== undefined) return `[${not === "" ? "" : "^"}${set.replaceAll(/[\\\]^[]/g, "\\$&")}]`;
      if (character === "[") throw malformed(pattern, '"[" is never closed');
      if (character === "*") return "[^/]*";
      if (character === "?") return "[^/]";
      return character.replaceAll(/[\\^$.|+(){}\]/-]/g, "\\$&");
    },
  );
}

function malformed(pattern: string, problem: string): SpinError {
  return new SpinError("ERR_SPIN_COMPONENT_FILES", `The pattern "${pattern}" is malformed: ${problem}.`);
}
