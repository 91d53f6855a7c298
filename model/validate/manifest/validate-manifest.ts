import type { Issue } from "../../errors/index.ts";
import type { Manifest } from "../../manifest/types.ts";
import { applicationIssues } from "./application.ts";
import { componentIssues } from "./components.ts";
import { dependencyIssues } from "./dependencies.ts";
import { reachIssues, triggerIssues } from "./triggers.ts";
import { variableIssues } from "./variables.ts";

/**
 * All that is wrong with a manifest whose keys and types are right: what Spin refuses at load or at start, and as
 * warnings what it takes without a word and nobody means. Paths are those of the manifest: `component.api.files[0]`.
 */
export function validateManifest(manifest: Manifest): Issue[] {
  return [
    ...applicationIssues(manifest),
    ...variableIssues(manifest),
    ...triggerIssues(manifest),
    ...componentIssues(manifest),
    ...dependencyIssues(manifest),
    ...reachIssues(manifest),
  ];
}
