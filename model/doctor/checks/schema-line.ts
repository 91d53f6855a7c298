import { issue } from "../../errors/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Without `#:schema` no editor checks the file as it is typed. */
export const schemaLine: Check = ({ text, version }) => {
  if (version !== 2 || /^#:schema\s/m.test(text)) return [];
  const message = "The manifest does not name its schema.";
  return [
    findingOf(issue("ERR_SPIN_MANIFEST_SCHEMA", "", message), {
      severity: "note",
      why: "With it, editors (Taplo, Even Better TOML) complete keys and mark mistakes as you type.",
      fix: { title: "add the #:schema line", edits: [{ schemaLine: true }] },
    }),
  ];
};
