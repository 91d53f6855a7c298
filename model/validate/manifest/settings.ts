/** Settings of trigger types that Spin knows: their keys, their types, their templates. */
import { nearest } from "../../did-you-mean.ts";
import { type Issue, issue } from "../../errors/index.ts";
import type { Manifest } from "../../manifest/types.ts";
import { pathTo } from "../../toml/index.ts";
import { undeclaredIssues } from "../templates.ts";
import { templateSyntaxIssues } from "../template-syntax.ts";

/** `!` marks what is required; `any` is judged elsewhere. */
export type SettingType = "template" | "template!" | "any";

/** The application's variables, where it is known which there are. */
export type KnownVariables = Manifest["variables"] | "not known";

/** What is wrong with a table of settings, given the keys that its trigger type knows. */
export function settingIssues(
  settings: Record<string, unknown>,
  path: string,
  types: Record<string, SettingType>,
  variables: KnownVariables = {},
): Issue[] {
  const known = Object.keys(types);
  const unknown = Object.keys(settings).filter((key) => settings[key] !== undefined && !known.includes(key));
  return [
    ...unknown.map((key) => unknownSetting(path, key, known)),
    ...known.flatMap((key) => {
      const type = types[key] ?? "any";
      const value = settings[key];
      if (type === "any") return [];
      if (value === undefined) return type === "template!" ? [missingSetting(path, key)] : [];
      return templateIssues(value, pathTo(path, key), variables);
    }),
  ];
}

/** A text that may name variables of the application. */
export function templateIssues(value: unknown, path: string, variables: KnownVariables = {}): Issue[] {
  if (typeof value !== "string") {
    const message = `${path} is ${JSON.stringify(value)}; expected a string.`;
    return [issue("ERR_SPIN_TRIGGER_SETTING", path, message, { hint: "Write it in quotes." })];
  }
  const syntax = templateSyntaxIssues(value, path);
  if (variables === "not known") return syntax;
  const names = Object.keys(variables).map((name) => ({ name }));
  return [...syntax, ...undeclaredIssues(value, path, names)];
}

function unknownSetting(path: string, key: string, known: readonly string[]): Issue {
  const guess = nearest(key, known);
  const hint =
    guess !== undefined
      ? `Did you mean "${guess}"?`
      : known.length === 0
        ? "Remove it."
        : `Remove it; known are ${known.join(", ")}.`;
  const message = `${path || "The trigger"} has the unknown setting "${key}".`;
  return issue("ERR_SPIN_TRIGGER_SETTING", pathTo(path, key), message, { hint });
}

function missingSetting(path: string, key: string): Issue {
  const message = `${path || "The trigger"} has no "${key}", which Spin requires.`;
  return issue("ERR_SPIN_TRIGGER_SETTING", pathTo(path, key), message, { hint: `Add ${key} = "…".` });
}
