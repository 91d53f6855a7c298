import { manifestOfText } from "../manifest/parse.ts";
import { tomlPositions } from "../toml/index.ts";
import { readManifest } from "../validate/manifest/index.ts";
import { checks } from "./checks/index.ts";
import { reading } from "./checks/reading.ts";
import type { Finding } from "./finding.ts";
import type { Surroundings } from "./subject.ts";

/**
 * All that is wrong or suspicious with a spin.toml and what lies around it, in the order of the text. Never throws for
 * what stands in it. Where the text cannot be read as a manifest, only that is told.
 */
export function examine(text: string, surroundings: Surroundings = {}): Finding[] {
  const { manifest, issues } = readManifest(text);
  const found = reading(text, issues, manifest);
  if (manifest === undefined) return found;
  const { version, pathInText } = manifestOfText(text);
  const subject = { ...surroundings, text, version, manifest, binaries: surroundings.binaries ?? new Map() };
  const checked = checks.flatMap((check) => check(subject));
  const all =
    version === 1
      ? [...found, ...checked.map((it) => inVersion1(it, pathInText))].map(convertFirst)
      : [...found, ...checked];
  const placed = located(all, text, surroundings.runtimeConfig);
  return placed.sort(
    (a, b) => fileRank(a) - fileRank(b) || lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b),
  );
}

/** The checks look at what version 1 becomes; a person looks at the text. */
function inVersion1(finding: Finding, pathInText: (path: string) => string): Finding {
  return finding.file === "spin.toml" ? { ...finding, path: pathInText(finding.path) } : finding;
}

/** Other changes are of what version 1 becomes: they come after the conversion. */
function convertFirst({ fix, ...finding }: Finding): Finding {
  const converts = fix?.edits.some((edit) => "convert" in edit) === true;
  return converts ? { ...finding, fix } : finding;
}

function located(found: readonly Finding[], text: string, runtimeConfig: string | undefined): Finding[] {
  const own = tomlPositions(text);
  const other = found.some(({ file, position }) => file === "runtime-config.toml" && position === undefined)
    ? tomlPositions(runtimeConfig ?? "")
    : own;
  return found.map((finding) => {
    if (finding.position !== undefined) return finding;
    const place = (finding.file === "spin.toml" ? own : other).nearest(finding.path);
    return place === undefined
      ? finding
      : { ...finding, position: { line: place.line, column: place.column } };
  });
}

function fileRank({ file }: Finding): number {
  return file === "spin.toml" ? 0 : 1;
}

function lineOf({ position }: Finding): number {
  return position?.line ?? 1;
}

function columnOf({ position }: Finding): number {
  return position?.column ?? 1;
}
