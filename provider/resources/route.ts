import { z } from "zod";
import type { RouteDefinition, StaticResponse } from "../../model/definition.ts";
import { issue } from "../../model/errors/index.ts";
import { validateRoute } from "../../model/validate/route.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";

const staticResponse = z.strictObject({
  statusCode: z.int().min(200).max(599).default(200).describe("Default: 200."),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
});

export const route = {
  token: "spin:index:Route",
  description: "Sends requests of a path to a component, or answers them with a fixed response.",
  inputs: z.strictObject({
    route: z.string().optional().describe("Spin's pattern: `/exact`, `/users/:id`, `/files/...`."),
    private: z
      .literal(true)
      .optional()
      .describe("No path: only other components of the app reach the component."),
    component: z.string().optional().describe("Id of the component that answers."),
    staticResponse: staticResponse.optional().describe("The answer, given by the host without a component."),
  }),
  outputs: z.object({ definition: z.custom<RouteDefinition>().describe("What `App` takes.") }),
  identify: (inputs) => inputs["route"] ?? `private:${inputs["component"]}`,
  validate: (inputs) => {
    // What is not known yet is there without a value; what was not given is not there.
    const given = ["route", "private"].filter((name) => name in inputs);
    const isKnown = given.every((name) => inputs[name] !== undefined);
    if (given.length !== 1 && isKnown) {
      const found = given.length === 0 ? "neither" : "both";
      return [
        issue(
          "ERR_SPIN_ROUTE_PATH",
          "route",
          `A route has either a path or private: true; here is ${found}.`,
        ),
      ];
    }
    return validateRoute(definitionOf(inputs));
  },
  derive: (inputs) => ({ definition: definitionOf(inputs) }),
} satisfies ResourceDefinition as ResourceDefinition;

function definitionOf(inputs: Properties): RouteDefinition {
  const target = inputs["component"] as string | undefined;
  const response = inputs["staticResponse"] as StaticResponse | undefined;
  return {
    route: inputs["private"] === true ? { private: true } : inputs["route"],
    ...(target === undefined ? {} : { component: target }),
    ...(response === undefined ? {} : { staticResponse: response }),
  };
}
