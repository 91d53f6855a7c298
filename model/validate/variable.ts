import type { VariableDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { variableNameProblem } from "../manifest/identifiers.ts";

/** What is wrong with a variable. Members that are `undefined` are not known yet. */
export function validateVariable(variable: Partial<VariableDefinition>): Issue[] {
  const { name, required, secret } = variable;
  const issues: Issue[] = [];
  const problem = name === undefined ? undefined : variableNameProblem(name);
  if (problem !== undefined) {
    issues.push(issue("ERR_SPIN_VARIABLE_NAME", "name", `The variable name "${name}" ${problem}.`));
  }
  if (variable.default !== undefined && required === true) {
    issues.push(
      issue("ERR_SPIN_VARIABLE_VALUE", "required", "A variable with a default cannot be required as well."),
    );
  }
  if (variable.default === undefined && required === false) {
    issues.push(
      issue("ERR_SPIN_VARIABLE_VALUE", "required", "A variable without a default must be required."),
    );
  }
  if (secret === true && variable.default !== undefined) {
    issues.push(
      issue("ERR_SPIN_VARIABLE_SECRET_DEFAULT", "default", `The secret variable "${name}" has a default.`),
    );
  }
  return issues;
}
