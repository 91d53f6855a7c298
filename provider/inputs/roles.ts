import { z } from "zod";

/** Ids of components by the role that they play in a trigger. */
export const roles = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
