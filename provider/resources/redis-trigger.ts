import { z } from "zod";
import type { TriggerDefinition } from "../../model/definition.ts";
import { validateTrigger } from "../../model/validate/trigger.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";

export const redisTrigger = {
  token: "spin:index:RedisTrigger",
  description: "Calls a component with each message of a Redis channel.",
  inputs: z.strictObject({
    channel: z.string().describe("The channel to subscribe to; a template over variables is allowed."),
    address: z
      .string()
      .optional()
      .describe(
        "`redis://host:port`; templates allowed. Default: `triggerSettings.redis.address` of the app.",
      ),
    component: z.string().describe("Id of the component that is called."),
    triggerId: z.string().optional().describe("Id in the application. Default: as Spin makes it."),
  }),
  outputs: z.object({ definition: z.custom<TriggerDefinition>().describe("What `App` takes.") }),
  identify: ({ channel }) => String(channel),
  validate: (inputs) => validateTrigger(definitionOf(inputs), ""),
  derive: (inputs) => ({ definition: definitionOf(inputs) }),
} satisfies ResourceDefinition as ResourceDefinition;

function definitionOf({ triggerId: id, component, channel, ...inputs }: Properties): TriggerDefinition {
  return {
    type: "redis",
    ...(id === undefined ? {} : { id }),
    component,
    settings: { channel, ...("address" in inputs ? { address: inputs["address"] } : {}) },
  };
}
