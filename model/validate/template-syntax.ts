import { type Issue, isSpinError, issue } from "../errors/index.ts";
import { parseTemplate } from "../manifest/template.ts";

/** A `{{` that is never closed. */
export function templateSyntaxIssues(template: string, path: string): Issue[] {
  try {
    parseTemplate(template);
    return [];
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue(error.code, path, error.message, { hint: error.hint })];
  }
}
