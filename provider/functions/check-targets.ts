import { z } from "zod";
import { checkTarget, type TargetName, targetNamed, targets } from "../../model/capability/index.ts";
import type { AppDefinition } from "../../model/definition.ts";
import { describeIssue } from "../../model/errors/index.ts";
import type { FunctionDefinition } from "../definition/function.ts";

export const checkTargets = {
  token: "spin:index:checkTargets",
  description: "Which targets can run an application, and what keeps it from the others.",
  inputs: z.strictObject({
    app: z
      .custom<AppDefinition>((value) => value !== undefined, "expected the definition of an App")
      .describe("Definition of an `App`."),
    targets: z
      .array(z.string())
      .optional()
      .describe("Names such as `spinkube` or `spin-up@3.6`. Default: every target there is."),
  }),
  outputs: z.object({
    results: z.array(
      z.object({
        target: z.string(),
        canRun: z.boolean().describe("Nothing keeps the app from this target."),
        problems: z.array(z.string()).describe("What does, each with the next step."),
      }),
    ),
  }),
  invoke({ app, targets: chosen }) {
    const names =
      (chosen as string[] | undefined)?.map(targetNamed) ?? (Object.keys(targets) as TargetName[]);
    const results = names.map((target) => {
      const errors = checkTarget(app as AppDefinition, target).filter(({ severity }) => severity === "error");
      return { target, canRun: errors.length === 0, problems: errors.map(describeIssue) };
    });
    return { results };
  },
} satisfies FunctionDefinition as FunctionDefinition;
