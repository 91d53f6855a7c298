import { askingFor } from "../../capability/join.ts";
import { capabilityRows } from "../../capability/join.ts";
import { issue } from "../../errors/index.ts";
import { granteesOf, kindKeys } from "../../inspection/grantees.ts";
import { partsOf } from "../../inspection/parts.ts";
import { summaryOf } from "../../inspection/binaries.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Imported, not granted: no error, since the call is refused when it comes. One note for each component. */
export const ungrantedImports: Check = ({ manifest, binaries }) => {
  const parts = partsOf(manifest);
  return granteesOf(manifest, binaries).flatMap((grantee, index) => {
    const part = parts[index];
    const refused = capabilityRows([grantee]).filter(({ used }) => used === "not granted");
    if (part === undefined || refused.length === 0) return [];
    const names = refused.flatMap(({ kind }) => askingFor(kind, grantee.binaries));
    const keys = [...new Set(refused.map(({ kind }) => kindKeys[kind]))];
    const message = `The component "${part.id}" imports ${names.join(", ")}, and has no ${keys.join(", no ")}.`;
    const runtime = summaryOf(binaries, part.path)?.runtime;
    return [
      findingOf(issue("ERR_SPIN_GRANT_NONE", part.path, message), {
        severity: "note",
        why:
          runtime === undefined
            ? "If the component makes such a call, it is refused: at run time, not now."
            : "Its tool chain imports everything, used or not, so this alone says nothing; a call would be refused.",
      }),
    ];
  });
};
