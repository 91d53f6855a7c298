import { z } from "zod";
import type { VariableDefinition } from "../../model/definition.ts";
import { validateVariable } from "../../model/validate/variable.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";

export const variable = {
  token: "spin:index:Variable",
  description:
    "A variable of the application, for its components to read. Either it has a default, or it is required and the deployment gives the value.",
  inputs: z.strictObject({
    name: z.string().describe("Name in lower snake case, as Spin wants it."),
    default: z.string().optional().describe("Value when the deployment gives none. Never for a secret."),
    required: z
      .boolean()
      .optional()
      .describe("The deployment must give the value. Default: true without `default`."),
    secret: z.boolean().default(false).describe("The value is a secret: only a deployment may give it."),
    description: z.string().optional().describe("What it is for."),
  }),
  outputs: z.object({ definition: z.custom<VariableDefinition>().describe("What `App` takes.") }),
  namedBy: "name",
  identify: ({ name }) => String(name),
  validate: (inputs) => validateVariable(definitionOf(inputs)),
  derive: (inputs) => ({ definition: definitionOf(inputs) }),
} satisfies ResourceDefinition as ResourceDefinition;

function definitionOf(inputs: Properties): VariableDefinition {
  const { name, secret, description } = inputs;
  return {
    name,
    // A default that is not known yet is there without a value.
    ...("default" in inputs ? { default: inputs["default"] } : {}),
    required: inputs["required"] ?? !("default" in inputs),
    secret,
    ...(description === undefined ? {} : { description }),
  };
}
