import { z } from "zod";
import type { Json } from "../../model/json.ts";

/** A table of spin.toml whose keys belong to a tool or to a trigger type. */
export const settings = z.record(z.string(), z.custom<Json>());
