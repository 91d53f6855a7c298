import { type Issue, isSpinError, issue, type SpinError } from "../../errors/index.ts";
import { manifestOfText } from "../../manifest/parse.ts";
import type { Manifest } from "../../manifest/types.ts";
import { tomlPositions } from "../../toml/index.ts";
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
    const { issues, take, pathInText } = manifestOfText(text);
    if (issues.length > 0) return { issues: located(issues, text) };
    const manifest = take();
    const found = validateManifest(manifest).map((it) => ({ ...it, path: pathInText(it.path) }));
    return { manifest, issues: located(found, text) };
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const found = issueOf(error);
    return { issues: found.position === undefined ? located([found], text) : [found] };
  }
}

/** Where a text is no TOML, the path of the error is `line:column`. */
function issueOf({ code, message, hint, path = "" }: SpinError): Issue {
  const [, line, column] = /^(\d+):(\d+)$/.exec(path) ?? [];
  const found = { code, severity: "error" as const, message, hint };
  if (line === undefined) return { ...found, path };
  return { ...found, path: "", position: { line: Number(line), column: Number(column) } };
}

/** More than anybody reads; a text of ten million characters may have millions. */
const mostIssues = 1000;

function located(issues: readonly Issue[], text: string): Issue[] {
  if (issues.length === 0) return [];
  const places = tomlPositions(text);
  const told = issues.slice(0, mostIssues).map((found) => {
    const place = places.nearest(found.path);
    return place === undefined ? found : { ...found, position: { line: place.line, column: place.column } };
  });
  const rest = issues.slice(mostIssues);
  if (rest.length === 0) return told;
  const severity = rest.some((it) => it.severity === "error") ? "error" : "warning";
  const message = `The manifest has ${rest.length} more problems than the ${mostIssues} that are listed.`;
  return [...told, issue("ERR_SPIN_MANIFEST_ISSUES", "", message, { severity })];
}
