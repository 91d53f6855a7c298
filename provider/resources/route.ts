import { z } from "zod";
import type { RouteDefinition } from "../../model/definition.ts";
import { issue } from "../../model/errors/index.ts";
import { validateRoute } from "../../model/validate/route.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { triggerDependency } from "../inputs/dependency.ts";
import { roles } from "../inputs/roles.ts";

const staticResponse = z.strictObject({
  statusCode: z.int().min(200).max(599).optional().describe("Default: 200."),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
});

const optional = ["component", "components", "staticResponse", "middleware", "executor"] as const;

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
    triggerId: z.string().optional().describe("Id in the application. Default: as Spin makes it."),
    components: roles
      .optional()
      .describe("Ids of components by role. Spin's HTTP trigger does not look at them."),
    middleware: z
      .array(triggerDependency)
      .optional()
      .describe("Components that requests go through first, the outermost first: Spin 4.1."),
    executor: z
      .strictObject({
        type: z.string().describe("`http`, or `wagi` for a WASI 0.1 command."),
        argv: z.string().optional().describe("For wagi. Default: `${SCRIPT_NAME} ${ARGS}`."),
        entrypoint: z.string().optional().describe("For wagi: `_start`."),
      })
      .optional()
      .describe("How the component is called. Default: Spin finds that out."),
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
  const { route, private: isPrivate } = inputs;
  const given = optional.filter((name) => name in inputs);
  return {
    route: isPrivate === true ? { private: true } : route,
    ...("triggerId" in inputs ? { id: inputs["triggerId"] } : {}),
    ...Object.fromEntries(given.map((name) => [name, inputs[name]])),
  };
}
