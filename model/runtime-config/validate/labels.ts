/** What stores and databases have in common. */
import { type Issue, issue } from "../../errors/index.ts";
import { labelProblem } from "../../manifest/identifiers.ts";

/** Spin takes any label here, and only those of its rules in spin.toml. */
export function labelIssues(label: string, path: string): Issue[] {
  const problem = labelProblem(label);
  if (problem === undefined) return [];
  const message = `The label "${label}" ${problem}, so no component can name it.`;
  return [issue("ERR_SPIN_RUNTIME_CONFIG_LABEL", path, message, { severity: "warning" })];
}

/** An empty path is the folder that relative paths begin in. */
export function emptyPathIssues(path: string | undefined, at: string): Issue[] {
  if (path !== "") return [];
  const hint = "Name a file, or leave `path` out to keep the data in memory.";
  return [
    issue("ERR_SPIN_RUNTIME_CONFIG_PATH", at, `${at} is empty; expected the path of a file.`, { hint }),
  ];
}
