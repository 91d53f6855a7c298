/** What must hold for the text of any manifest, also for one that is refused. */
import { isDeepStrictEqual } from "node:util";
import {
  describeIssue,
  edit,
  type Manifest,
  normalizeManifest,
  parseManifest,
  readManifest,
  synthesize,
  validateManifest,
} from "../../model/index.ts";
import { manifests } from "./seeds/manifests.ts";

export function validated(text: string): unknown {
  const issues = validateManifest(parseManifest(text));
  issues.forEach(describeIssue);
  return issues;
}

/** What validation finds no error in can be normalized. */
export function normalized(text: string): unknown {
  const manifest = parseManifest(text);
  const isRefused = validateManifest(manifest).some(({ severity }) => severity === "error");
  const normalize = (): unknown => normalizeManifest(manifest);
  return isRefused
    ? normalize()
    : must(normalize, "validateManifest found no error, and normalizeManifest did");
}

/** A coded error is a bug here. */
function must<T>(call: () => T, otherwise: string): T {
  try {
    return call();
  } catch (error) {
    throw new Error(`${otherwise}: ${String(error)}`, { cause: error });
  }
}

/** What was read is written so that it is read as the same. */
export function readBack(text: string): unknown {
  const manifest = parseManifest(text);
  const written = synthesize(manifest);
  const again = must(() => parseManifest(written), `synthesize wrote what cannot be read:\n${written}`);
  if (isDeepStrictEqual(plain(again), plain(manifest))) return again;
  throw new Error(`synthesize wrote what is read as something else:\n${written}`);
}

/** Every issue is told, and lies inside the text. */
export function readWithPlaces(text: string): unknown {
  const { issues } = readManifest(text);
  const lines = text.split("\n").length;
  const outside = issues.find(({ position }) => position !== undefined && position.line > lines);
  if (outside === undefined) return issues;
  throw new Error(`The text has ${lines} lines: ${JSON.stringify(outside)}`);
}

/** Whatever a text says, changed it says what it should; and nothing changes where it does already. */
export function edited(text: string): unknown {
  for (const to of changes) {
    const changed = edit(text, to);
    const again = must(() => parseManifest(changed), `edit wrote what cannot be read:\n${changed}`);
    if (!isDeepStrictEqual(plain(again), plain(to)))
      throw new Error(`edit wrote what is read as something else:\n${changed}`);
    if (edit(changed, to) !== changed) throw new Error(`edit changed what is right already:\n${changed}`);
  }
  return text;
}

const changes = [manifests[0], manifests[5] ?? "", manifests[20] ?? ""].map(parseManifest);

/** Without prototypes, and as text can say it: half of a surrogate pair becomes U+FFFD; empty tables may be left out. */
function plain({ variables = {}, component = {}, ...rest }: Manifest): unknown {
  return bare({ ...rest, variables, component });
}

function bare(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(bare);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key.toWellFormed(), bare(it)]));
}
