/** What must be in the host's answers; of hosts of other versions there may be more. */
import { z } from "zod";

export const statusShape = z.looseObject({ controlPid: z.int(), enginePid: z.int().optional() });

export const appShape = z.looseObject({
  app: z.string(),
  status: z.enum(["running", "stopped"]),
  revision: z.int(),
  digest: z.string(),
  url: z.string(),
  listen: z.string(),
  address: z.string(),
  variables: z.record(z.string(), z.string()),
});
