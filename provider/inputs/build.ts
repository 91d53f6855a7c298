import { z } from "zod";

/** How something is built; a component must have one of them. */
export const commands = {
  command: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("A command for the shell, or a program and its arguments without a shell."),
  commands: z.array(z.string()).optional().describe("Several commands for the shell, one after the other."),
};

export const build = z.strictObject({
  ...commands,
  workdir: z
    .string()
    .optional()
    .describe("Folder it runs in, relative to the project. Default: the project."),
  watch: z
    .array(z.string())
    .default([])
    .describe(
      "Globs relative to `workdir`: a change in them makes a build due. Without them only a change of the commands does.",
    ),
});
