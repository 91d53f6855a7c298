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
} from "../../../model/index.ts";
import { must, plain } from "./plain.ts";
import { manifests } from "../seeds/manifests.ts";

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

/** What was read is written so that it is read as the same. */
export function readBack(text: string): unknown {
  const manifest = parseManifest(text);
  const written = synthesize(manifest);
  const again = must(() => parseManifest(written), `synthesize wrote what cannot be read:\n${written}`);
  if (isDeepStrictEqual(said(again), said(manifest))) return again;
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
    if (!isDeepStrictEqual(said(again), said(to)))
      throw new Error(`edit wrote what is read as something else:\n${changed}`);
    if (edit(changed, to) !== changed) throw new Error(`edit changed what is right already:\n${changed}`);
  }
  return text;
}

/** A text of ours becomes what any text says. */
export function editedInto(text: string): unknown {
  const to = parseManifest(text);
  for (const from of texts) {
    const changed = edit(from, to);
    const again = must(() => parseManifest(changed), `edit wrote what cannot be read:\n${changed}`);
    if (!isDeepStrictEqual(said(again), said(to)))
      throw new Error(`edit wrote what is read as something else:\n${changed}`);
  }
  return to;
}

const texts = [manifests[0], manifests[8] ?? "", manifests[12] ?? ""];
const changes = [manifests[0], manifests[5] ?? "", manifests[20] ?? ""].map(parseManifest);

/** Empty tables may be left out. */
function said({ variables = {}, component = {}, ...rest }: Manifest): unknown {
  return plain({ ...rest, variables, component });
}
