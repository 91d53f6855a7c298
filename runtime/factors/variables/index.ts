import type { HostImports } from "../../wasi/offer.ts";
import { fail } from "../../wasi/wit-error.ts";
import type { Refusal } from "../denials/denials.ts";
import type { AppVariables } from "./app-variables.ts";
import { variableNameProblem } from "./variable-name.ts";

export interface VariablesContext {
  component: string;
  /** Name that the component sees → template over application variables. */
  templates: Readonly<Record<string, string>>;
  variables: AppVariables;
  refuse: (refusal: Refusal) => void;
}

/** fermyon:spin/variables@2.0.0. Resolved at each call, so that a changed value is seen by the next. */
export function variablesImports(context: VariablesContext): HostImports {
  return { "fermyon:spin/variables": { get: (name: string) => get(context, name) } };
}

function get({ component, templates, variables, refuse }: VariablesContext, name: string): string {
  const problem = variableNameProblem(name);
  if (problem !== undefined) fail({ tag: "invalid-name", val: problem });
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (template === undefined) {
    refuse({
      component,
      interface: "fermyon:spin/variables",
      target: name,
      grant: `variables: { ${name}: "{{ ${name} }}" }`,
    });
    fail({ tag: "undefined", val: `no variable for "${component}"."${name}"` });
  }
  try {
    return variables.resolve(template);
  } catch (error) {
    return fail({ tag: "provider", val: error instanceof Error ? error.message : String(error) });
  }
}
