import { deadGrantIssues } from "../../capability/join.ts";
import { granteesOf } from "../../inspection/grantees.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Granted, never imported: by no binary of the component, nor by a dependency that inherits it. */
export const deadGrants: Check = ({ manifest, binaries }) =>
  deadGrantIssues(granteesOf(manifest, binaries)).map((found) =>
    findingOf(found, {
      why: "What is granted and not needed is what an attacker of the component gets for nothing.",
      fix: { title: `remove ${found.path}`, edits: [{ remove: found.path }] },
    }),
  );
