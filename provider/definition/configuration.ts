import { z } from "zod";

/** Settings of the provider as a whole. */
export const configurationSchema = z.object({
  hostDir: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Folder of the bundled host, relative to the project, for deployments that name none. Default: PULUMI_SPIN_HOST_DIR, else the user's own.",
    ),
});

export type Configuration = z.infer<typeof configurationSchema>;
