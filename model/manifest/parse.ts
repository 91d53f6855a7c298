import { nearest } from "../did-you-mean.ts";
import { type Issue, SpinError } from "../errors/index.ts";
import { readToml } from "../toml/index.ts";
import { shapeIssues } from "./shape.ts";
import type { Manifest } from "./types.ts";
import { fromV1, v1Path, v1ShapeIssues } from "./v1/index.ts";

/**
 * The data of a spin.toml, one of version 1 as version 2. Throws ERR_SPIN_MANIFEST_*: with `line:column` as path where
 * the text is no TOML, else with the key's path and all problems in the message.
 */
export function parseManifest(text: string): Manifest {
  const { issues, take } = manifestOfText(text);
  const [first, ...others] = issues;
  if (first !== undefined) throw failure(first, others);
  return take();
}

/** What is wrong with the keys and types of a text that is TOML, and how to take its data when nothing is. */
export function manifestOfText(text: string): {
  version: 1 | 2;
  issues: Issue[];
  take: () => Manifest;
  /** Where the text has what has a path in the data. */
  pathInText: (path: string) => string;
} {
  const data = readToml(text, "ERR_SPIN_MANIFEST_TOML", "The manifest");
  const version = versionOf(data);
  return {
    version,
    issues: version === 1 ? v1ShapeIssues(data) : shapeIssues(data),
    pathInText: (path) => (version === 1 ? v1Path(path, data) : path),
    take: () => (version === 1 ? fromV1(data) : (data as unknown as Manifest)),
  };
}

/** The text "1" or the number 2; nothing else is a version. */
function versionOf(data: Record<string, unknown>): 1 | 2 {
  const own = (key: string): unknown => (Object.hasOwn(data, key) ? data[key] : undefined);
  const version = own("spin_manifest_version") ?? own("spin_version");
  if (version === "1") return 1;
  if (version === 2) return 2;
  const path = "spin_manifest_version";
  if (version !== undefined) {
    const message = `The manifest is of version ${shown(version)}; expected the number 2, or the text "1".`;
    const hint =
      version === "2"
        ? { hint: "Write it without quotes: `spin_manifest_version = 2`." }
        : version === 1
          ? { hint: 'Write it in quotes: `spin_manifest_version = "1"`.' }
          : {};
    throw new SpinError("ERR_SPIN_MANIFEST_VERSION", message, { path, ...hint });
  }
  const guess = nearest(path, Object.keys(data));
  const hint = guess === undefined ? {} : { hint: `Did you mean "${path}" by "${guess}"?` };
  const message = "The manifest has no spin_manifest_version; expected 2.";
  throw new SpinError("ERR_SPIN_MANIFEST_VERSION", message, { path, ...hint });
}

/** JSON has no word for infinity and the like. */
function shown(version: unknown): string {
  return typeof version === "number" ? String(version) : JSON.stringify(version);
}

/** Who reads an error reads the first ones. */
const mostOthers = 20;

function failure({ code, path, message, hint }: Issue, others: Issue[]): SpinError {
  const more = others
    .slice(0, mostOthers)
    .map((it) => `${it.message} ${it.hint}`)
    .join(" ");
  const text = others.length === 0 ? message : `${message} And ${others.length} more: ${more}`;
  return new SpinError(code, text, { path, hint });
}
