/**
 * Spin's identifier rules (crates/serde/src/id.rs, crates/expressions/src/lib.rs). Each function returns what is wrong
 * with a text, as the end of a sentence, or `undefined` when it is fine.
 */

/** Component ids: words of letters and digits joined by `-`, each all lower case or all upper case. */
export function kebabProblem(text: string): string | undefined {
  return wordsProblem(text, "-", "_");
}

/** A store or database label is written in kebab or in snake case. */
export function labelProblem(text: string): string | undefined {
  const hasUnderscore = text.includes("_");
  return hasUnderscore ? wordsProblem(text, "_", "-") : wordsProblem(text, "-", "_");
}

/** Variable names: lower snake case, beginning with a letter, no `__`, no `_` at the end. */
export function variableNameProblem(text: string): string | undefined {
  if (text === "") return "is empty";
  const stray = /[^a-z0-9_]/.exec(text);
  if (stray !== null) {
    return `contains "${stray[0]}"; names have lower-case letters, digits and underscores only`;
  }
  if (!/^[a-z]/.test(text)) return "must begin with a lower-case letter";
  if (text.endsWith("_")) return "must end with a letter or a digit";
  if (text.includes("__")) return "has two underscores in a row";
  return text.split("_").some((word) => !/^[a-z]/.test(word))
    ? "has a word that begins with a digit"
    : undefined;
}

function wordsProblem(text: string, separator: string, otherSeparator: string): string | undefined {
  if (text === "") return "is empty";
  if (text.includes(otherSeparator))
    return `must separate its words with "${separator}", not with "${otherSeparator}"`;
  for (const word of text.split(separator)) {
    if (word === "") return `has an empty word: "${separator}" stands at an end or twice in a row`;
    if (!/^[A-Za-z0-9]+$/.test(word))
      return `contains characters other than ASCII letters, digits and "${separator}"`;
    if (!/^[A-Za-z]/.test(word)) return `has the word "${word}", which must begin with a letter`;
    if (word !== word.toLowerCase() && word !== word.toUpperCase()) {
      return `has the word "${word}" in mixed case; a word is all lower case or all upper case`;
    }
  }
  return undefined;
}
