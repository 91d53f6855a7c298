import type { Code, Issue, Position } from "../errors/index.ts";
import { table } from "../errors/index.ts";

/** What a check found. The file decides what `path` and `position` are of. */
export interface Finding {
  code: Code;
  /** A note is worth knowing and nothing to correct. */
  severity: Issue["severity"] | "note";
  file: "spin.toml" | "runtime-config.toml";
  path: string;
  position?: Position;
  /** What was found, in one sentence. */
  message: string;
  /** Why it matters. */
  why: string;
  /** The next step, for a person. */
  hint: string;
  /** Where a change of spin.toml is safe and mechanical. */
  fix?: Fix;
}

export interface Fix {
  /** The change in a few words, as a command: `remove key_value_stores`. */
  title: string;
  edits: readonly Edit[];
}

/** A change of spin.toml as data. Paths are those of findings. */
export type Edit =
  | { remove: string }
  | { set: string; value: unknown }
  /** The value of `spin_manifest_version`. */
  | { version: "1" | 2 }
  /** From version 1 to version 2. */
  | { convert: true }
  /** The line that tells editors the schema. */
  | { schemaLine: true };

/** What a check adds to an issue. */
export interface Remarks {
  why?: string;
  severity?: Finding["severity"];
  file?: Finding["file"];
  fix?: Fix;
}

/** An issue as a finding, not yet placed in its file. */
export function findingOf(found: Issue, remarks: Remarks = {}): Finding {
  const { code, severity, path, message, hint, position } = found;
  return {
    code,
    severity: remarks.severity ?? severity,
    file: remarks.file ?? "spin.toml",
    path,
    ...(position === undefined ? {} : { position }),
    message,
    why: remarks.why ?? table[code].summary.replace(/ A warning\.$/, ""),
    hint,
    ...(remarks.fix === undefined ? {} : { fix: remarks.fix }),
  };
}
