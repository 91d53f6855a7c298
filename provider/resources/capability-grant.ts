import { z } from "zod";
import { expiryIssues } from "../../model/capability/index.ts";
import type { GrantDefinition } from "../../model/definition.ts";
import { validateGrant } from "../../model/validate/grant.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";

const texts = z.array(z.string()).default([]);

export const capabilityGrant = {
  token: "spin:index:CapabilityGrant",
  description: "What a component may do. A component without grants may do nothing but answer.",
  inputs: z.strictObject({
    allowedOutboundHosts: texts.describe(
      "Hosts it may call, in Spin's grammar `scheme://host[:port]`; templates over variables are allowed.",
    ),
    keyValueStores: texts.describe("Labels of the key-value stores it may open."),
    sqliteDatabases: texts.describe("Labels of the SQLite databases it may open."),
    aiModels: texts.describe("Models it may run."),
    files: z
      .array(z.union([z.string(), z.strictObject({ source: z.string(), destination: z.string() })]))
      .default([])
      .describe(
        "Files it may read: a path or glob pattern, which keeps its place; or `source` relative to the project, `destination` in the guest.",
      ),
    variables: z
      .record(z.string(), z.string())
      .default({})
      .describe("Names it sees, each with a template over the application's variables: `{{ greeting }}`."),
    reason: z.string().optional().describe("For the reviewer: why it needs this."),
    owner: z.string().optional().describe("For the reviewer: who answers for it."),
    expires: z
      .string()
      .optional()
      .describe(
        "The last day of the grant, `2027-01-31` in UTC. Afterwards it is refused; two weeks before, a warning.",
      ),
  }),
  outputs: z.object({ definition: z.custom<GrantDefinition>().describe("What `Component` takes.") }),
  identify: () => "grant",
  unordered: ["allowedOutboundHosts", "keyValueStores", "sqliteDatabases", "aiModels", "files"],
  validate: (inputs, context) => [
    ...validateGrant(definitionOf(inputs)),
    ...expiryIssues(inputs["expires"], context.now().toISOString().slice(0, 10)),
  ],
  derive: (inputs) => ({ definition: definitionOf(inputs) }),
} satisfies ResourceDefinition as ResourceDefinition;

function definitionOf(inputs: Properties): GrantDefinition {
  return { ...inputs } as GrantDefinition;
}
