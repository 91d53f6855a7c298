import { issue } from "../../errors/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

export const manifestVersion: Check = ({ version }) => {
  if (version === 2) return [];
  const message = "The manifest is of version 1, which Spin converts each time it reads it.";
  return [
    findingOf(issue("ERR_SPIN_MANIFEST_OLD", "spin_manifest_version", message, { severity: "warning" }), {
      why: "Version 1 has no component dependencies, profiles or several triggers of a component, and opens databases to every component that does not say which hosts it calls.",
      fix: {
        title: "convert to version 2",
        edits: [{ convert: true }],
      },
    }),
  ];
};
