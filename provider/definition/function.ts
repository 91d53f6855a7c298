import type { z } from "zod";
import { describeIssue, SpinError } from "../../model/errors/index.ts";
import { checkShape } from "./check.ts";
import type { Context } from "./context.ts";
import type { Properties } from "./resource.ts";

/** A question that a program asks while it runs, known to no front end: Pulumi's word is invoke. Changes nothing. */
export interface FunctionDefinition {
  token: `spin:index:${string}`;
  description: string;
  inputs: z.ZodObject;
  outputs: z.ZodObject;
  invoke(inputs: Properties, context: Context): Properties | Promise<Properties>;
}

/** The answer to checked arguments; a SpinError that names all that is wrong with them. */
export async function callFunction(
  definition: FunctionDefinition,
  args: Properties,
  context: Context,
): Promise<Properties> {
  const { inputs, issues } = checkShape(definition, args);
  const [first] = issues;
  if (first === undefined) return definition.invoke(inputs, context);
  const name = definition.token.split(":").at(-1);
  const hint = issues.length === 1 ? first.hint : "Correct all of them.";
  const found = issues.length === 1 ? `${first.path}: ${first.message}` : issues.map(describeIssue).join(" ");
  throw new SpinError(first.code, `${name}: ${found}`, { path: first.path, hint });
}
