import { issue } from "../../errors/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import { pathAt } from "../../toml/index.ts";
import { type Finding, findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Entries of `files` that match nothing, or that Spin refuses. */
export const matchedFiles: Check = ({ manifest, mounts }) =>
  partsOf(manifest).flatMap(({ id, component, path }) =>
    (component.files ?? []).flatMap((mount, index): Finding[] => {
      const at = pathAt(`${path}.files`, index);
      const matched = mounts?.get(at);
      if (matched === undefined || (typeof matched === "number" && matched > 0)) return [];
      if (typeof matched === "object")
        return [findingOf({ ...matched, path: at }, { why: "Spin does not start with it." })];
      const pattern = typeof mount === "string" ? mount : mount.source;
      const excluded = component.exclude_files?.length ? " that exclude_files leaves" : "";
      const message = `The component "${id}" has the files "${pattern}", and there is no file${excluded}.`;
      const hint = "Correct the pattern (it is relative to spin.toml), or remove the entry.";
      return [
        findingOf(issue("ERR_SPIN_COMPONENT_FILES", at, message, { severity: "warning", hint }), {
          why: "Spin starts without a word, and the component does not find its files.",
        }),
      ];
    }),
  );
