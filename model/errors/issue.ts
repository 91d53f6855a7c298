import { shorten } from "./shorten.ts";
import { type Code, table } from "./table.ts";

/** What a validation found. Validators return all of them and never throw. */
export interface Issue {
  code: Code;
  severity: "error" | "warning";
  /** Property path in the field's own words, for example `triggers[1].route`. */
  path: string;
  /** What was found and what was expected, in one sentence. */
  message: string;
  /** The next step. */
  hint: string;
  /** Where it stands in the text it was found in, for an issue of a text. */
  position?: Position;
}

/** From 1; columns count UTF-16 code units, as editors do. */
export interface Position {
  line: number;
  column: number;
}

export interface IssueOptions {
  severity?: Issue["severity"];
  hint?: string;
}

export function issue(code: Code, path: string, message: string, options: IssueOptions = {}): Issue {
  return {
    code,
    severity: options.severity ?? "error",
    path,
    message: shorten(message),
    hint: shorten(options.hint ?? table[code].hint),
  };
}

export function describeIssue({ path, message, hint }: Issue): string {
  return `${path === "" ? "" : `${path}: `}${message} ${hint}`;
}
