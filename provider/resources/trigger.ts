import { z } from "zod";
import type { TriggerDefinition } from "../../model/definition.ts";
import { validateTrigger } from "../../model/validate/trigger.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { dependency } from "../inputs/dependency.ts";
import { roles } from "../inputs/roles.ts";
import { settings } from "../inputs/settings.ts";

const optional = ["component", "components", "dependencies", "settings"] as const;

export const trigger = {
  token: "spin:index:Trigger",
  description:
    "Calls components by a trigger of any type, for example cron. `Route` and `RedisTrigger` are for those types.",
  inputs: z.strictObject({
    type: z
      .string()
      .describe("Type of the trigger, as its plugin is called: `cron`, `sqs`, `mqtt`, `command`."),
    component: z.string().optional().describe("Id of the component that is called."),
    components: roles.optional().describe("Ids by role, for a type with several components."),
    settings: settings.optional().describe("The keys of the type, in Spin's own words: `cron_expression`."),
    dependencies: z
      .record(z.string(), z.array(dependency))
      .optional()
      .describe("By role: what the component is composed with for this trigger."),
    triggerId: z.string().optional().describe("Id in the application. Default: as Spin makes it."),
  }),
  outputs: z.object({ definition: z.custom<TriggerDefinition>().describe("What `App` takes.") }),
  identify: ({ type, triggerId, component }) => `${type}:${triggerId ?? component ?? ""}`,
  validate: (inputs) => validateTrigger(definitionOf(inputs)),
  derive: (inputs) => ({ definition: definitionOf(inputs) }),
} satisfies ResourceDefinition as ResourceDefinition;

function definitionOf(inputs: Properties): TriggerDefinition {
  const given = optional.filter((name) => name in inputs);
  return {
    type: inputs["type"],
    ...("triggerId" in inputs ? { id: inputs["triggerId"] } : {}),
    ...Object.fromEntries(given.map((name) => [name, inputs[name]])),
  };
}
