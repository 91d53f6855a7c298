import type { ComponentDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { kebabProblem } from "../manifest/identifiers.ts";

/** What is wrong with a component by itself. Members that are `undefined` are not known yet. */
export function validateComponent({ id, source }: Partial<ComponentDefinition>): Issue[] {
  const issues: Issue[] = [];
  const problem = id === undefined ? undefined : kebabProblem(id);
  if (problem !== undefined) {
    issues.push(issue("ERR_SPIN_COMPONENT_ID", "componentId", `The component id "${id}" ${problem}.`));
  }
  if (typeof source === "string" && (source === "" || source.startsWith("/") || source.includes("\\"))) {
    issues.push(
      issue(
        "ERR_SPIN_COMPONENT_SOURCE",
        "source",
        `The source "${source}" is no path relative to the project, with "/" between its parts.`,
      ),
    );
  }
  if (typeof source === "object") issues.push(...remoteIssues(source));
  return issues;
}

function remoteIssues({ url, digest }: { url?: string | undefined; digest?: string | undefined }): Issue[] {
  const issues: Issue[] = [];
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
    issues.push(
      issue("ERR_SPIN_COMPONENT_SOURCE", "source.url", `The source "${url}" is no http or https URL.`),
    );
  }
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    const message = `The digest "${digest}" is not sha256: and 64 lower-case hex digits.`;
    issues.push(
      issue("ERR_SPIN_COMPONENT_SOURCE", "source.digest", message, {
        hint: "Take it from `sha256sum FILE`.",
      }),
    );
  }
  return issues;
}
