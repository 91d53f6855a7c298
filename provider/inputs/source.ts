import { z } from "zod";

/** Where the binary of a component is. */
export const source = z.union([
  z.string(),
  z.strictObject({
    url: z.string().describe("http or https."),
    digest: z.string().describe("`sha256:<hex>` that the bytes must have."),
  }),
  z.strictObject({
    package: z.string().describe("Package of a registry, `namespace:name`."),
    version: z.string().describe("Its exact version."),
    registry: z.string().optional().describe("The registry. Default: the one of the namespace."),
  }),
]);
