/** What is wrong with a variable's name, in the words that Spin gives a guest; `undefined` when it is fine. */
export function variableNameProblem(name: string): string | undefined {
  const reason = reasonAgainst(name);
  return reason === undefined ? undefined : `${JSON.stringify(name)}: ${reason}`;
}

function reasonAgainst(name: string): string | undefined {
  if (name === "") return "must not be empty";
  const stray = /[^a-z0-9_]/u.exec(name)?.[0];
  if (stray !== undefined) {
    const rule = "Variable names may contain only lower-case letters, numbers, and underscores.";
    return `invalid character '${stray}'. ${rule}`;
  }
  if (!/^[a-z]/.test(name)) return "must start with a lowercase ASCII letter";
  if (name.endsWith("_")) return "must end with a lowercase ASCII letter or digit";
  return name.includes("__") ? "must not contain multiple consecutive underscores" : undefined;
}
