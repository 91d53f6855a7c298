import type { VariableDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { variableNameProblem } from "../manifest/identifiers.ts";

/** What is wrong with a variable. Members that are `undefined` are not known yet. A default is never repeated. */
export function validateVariable(variable: Partial<VariableDefinition>): Issue[] {
  const { name, required, secret } = variable;
  const problem = name === undefined ? undefined : variableNameProblem(name);
  const title = name === undefined ? "The variable" : `The variable "${name}"`;
  const isAbsent = !("default" in variable);
  const issues: Issue[] = [];
  if (problem !== undefined) {
    issues.push(issue("ERR_SPIN_VARIABLE_NAME", "name", `The variable name "${name}" ${problem}.`));
  }
  if (variable.default !== undefined && required === true) {
    const message = `${title} has a default and is required; expected one of them.`;
    issues.push(issue("ERR_SPIN_VARIABLE_VALUE", "required", message));
  }
  if (isAbsent && required === false) {
    const message = `${title} has no default and is not required; expected one of them.`;
    issues.push(issue("ERR_SPIN_VARIABLE_VALUE", "required", message));
  }
  if (secret === true && variable.default !== undefined) {
    const message = `${title} is secret and has a default, which would stand in plain text in spin.toml.`;
    issues.push(issue("ERR_SPIN_VARIABLE_SECRET_DEFAULT", "default", message));
  }
  return issues;
}
