import { type Issue, isSpinError, type Position, type SpinError } from "../../errors/index.ts";
import { manifestOfText } from "../../manifest/parse.ts";
import type { Manifest } from "../../manifest/types.ts";
import { type Place, tomlPositions } from "../../toml/index.ts";
import { validateManifest } from "./validate-manifest.ts";

export interface ManifestReading {
  /** Absent when keys or types are wrong, or the text is no manifest at all. */
  manifest?: Manifest;
  /** All that was found, each with its position in the text where that is known. */
  issues: Issue[];
}

/** Reads and judges a spin.toml, and never throws for what stands in it. */
export function readManifest(text: string): ManifestReading {
  try {
    const { version, issues, take } = manifestOfText(text);
    if (issues.length > 0) return { issues: located(issues, text) };
    const manifest = take();
    const found = validateManifest(manifest);
    // What version 1 became stands nowhere in the text.
    return { manifest, issues: version === 2 ? located(found, text) : found };
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return { issues: [issueOf(error)] };
  }
}

function issueOf({ code, message, hint, path = "" }: SpinError): Issue {
  const [, line, column] = /^(\d+):(\d+)$/.exec(path) ?? [];
  const found = { code, severity: "error" as const, message, hint };
  if (line === undefined) return { ...found, path };
  return { ...found, path: "", position: { line: Number(line), column: Number(column) } };
}

function located(issues: readonly Issue[], text: string): Issue[] {
  if (issues.length === 0) return [];
  const places = tomlPositions(text);
  return issues.map((found) => {
    const position = positionOf(found.path, places);
    return position === undefined ? found : { ...found, position };
  });
}

/** Of the key itself, or of the nearest table around a key that is missing. */
function positionOf(path: string, places: ReadonlyMap<string, Place>): Position | undefined {
  for (let around = path; around !== ""; around = parentOf(around)) {
    const place = places.get(around);
    if (place !== undefined) return { line: place.line, column: place.column };
  }
  return undefined;
}

/** Without its last part: a plain word, a quoted key or an index. */
function parentOf(path: string): string {
  return path.replace(/(?:^|\.)(?:[\w-]+|"(?:[^"\\]|\\.)*")$|\[\d+\]$|.$/su, "");
}
