/** `files` and `exclude_files` (crates/loader/src/local.rs), as far as they can be judged without a file system. */
import { type Issue, issue } from "../../errors/index.ts";
import type { ManifestComponent } from "../../manifest/types.ts";
import { pathAt } from "../../toml/index.ts";

export function fileIssues(
  { files = [], exclude_files: excluded = [] }: ManifestComponent,
  path: string,
): Issue[] {
  return [
    ...files.flatMap((mount, index) => {
      const at = pathAt(`${path}.files`, index);
      return typeof mount === "string" ? patternIssues(mount, at) : placementIssues(mount, at);
    }),
    ...excludedIssues(excluded, `${path}.exclude_files`),
  ];
}

export function excludedIssues(patterns: readonly string[], path: string): Issue[] {
  return patterns.flatMap((pattern, index) =>
    pattern === "" ? [problemAt(pathAt(path, index), "The pattern is empty.")] : [],
  );
}

/** Files that keep their place: a path, or a glob pattern. */
export function patternIssues(pattern: string, path: string): Issue[] {
  if (pattern === "") return [problemAt(path, "The pattern is empty.")];
  if (/(^|\/)\.\.?$/.test(pattern))
    return [problemAt(path, `The pattern "${pattern}" ends in "." or "..", which Spin refuses.`)];
  if (pattern.startsWith("/") || pattern.split("/").includes(".."))
    return [problemAt(path, `The pattern "${pattern}" leaves the application's folder.`)];
  if (pattern === "*" || pattern === "**/*") {
    const hint = 'Name the folder: { source = "assets", destination = "/" }.';
    const message = `The pattern "${pattern}" takes everything, the manifest and the sources too.`;
    return [issue("ERR_SPIN_COMPONENT_FILES", path, message, { severity: "warning", hint })];
  }
  return [];
}

function placementIssues(
  { source, destination }: { source: string; destination: string },
  path: string,
): Issue[] {
  const leaves = destination.split("/").includes("..");
  return [
    ...(source === "" ? [problemAt(`${path}.source`, "The source is empty.")] : []),
    ...(destination === "" ? [problemAt(`${path}.destination`, "The destination is empty.")] : []),
    ...(leaves
      ? [
          problemAt(
            `${path}.destination`,
            `The destination "${destination}" has "..", which leaves the guest's root.`,
          ),
        ]
      : []),
  ];
}

function problemAt(path: string, message: string): Issue {
  return issue("ERR_SPIN_COMPONENT_FILES", path, message);
}
