import { z } from "zod";

const forms = {
  version: z.string().optional().describe("Version requirement on a package, for example `^1.2`."),
  registry: z.string().optional().describe("Registry of the package. Default: the one of its namespace."),
  package: z
    .string()
    .optional()
    .describe("The package, `namespace:name`. Default: what the dependency's name says."),
  path: z.string().optional().describe("A .wasm file, relative to the project."),
  url: z.string().optional().describe("http or https URL of a .wasm file."),
  digest: z.string().optional().describe("`sha256:<hex>` that the bytes at `url` must have."),
  component: z.string().optional().describe("Id of another component of the app."),
  inheritConfiguration: z
    .union([z.boolean(), z.array(z.string())])
    .optional()
    .describe("What of the parent's grants it may use: all, none, or kinds by their keys in spin.toml."),
};

/** What a trigger is composed with; the rules in model/validate say which members go together. */
export const triggerDependency = z.strictObject(forms);

/** What a component is composed with. A text is a version requirement on the package of that name. */
export const dependency = z.union([
  z.string(),
  z.strictObject({
    ...forms,
    export: z.string().optional().describe("Export that satisfies the import. Default: that of its name."),
  }),
]);

export const dependencies = z.record(z.string(), dependency);
