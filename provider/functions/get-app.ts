import { z } from "zod";
import { SpinError } from "../../model/errors/index.ts";
import { connect } from "../../runtime/admin/client.ts";
import type { FunctionDefinition } from "../definition/function.ts";
import { configuredHost, hostOptions } from "../host/deployment.ts";

export const getApp = {
  token: "spin:index:getApp",
  description:
    "An application as a bundled host has it now, whoever deployed it. Values of secret variables are left out.",
  inputs: z.strictObject({
    name: z.string().describe("Name on the host."),
    host: z
      .strictObject({ stateDir: z.string().describe("The host's folder, relative to the project.") })
      .optional()
      .describe("Which host. Default: the user's own."),
  }),
  outputs: z.object({
    name: z.string(),
    url: z.string().describe("Where the app answers."),
    status: z.enum(["running", "stopped"]),
    digest: z.string().describe("`sha256:<hex>` of the locked application that runs."),
    revision: z.int(),
    listen: z.string().describe("The address that was asked for."),
    variables: z.record(z.string(), z.string()).describe("Values of the variables that are no secrets."),
    history: z
      .array(z.object({ revision: z.int(), digest: z.string(), deployedAt: z.string() }))
      .describe("The revisions that the host keeps, the present one last."),
  }),
  async invoke({ name, ...where }, context) {
    const client = await connect(
      hostOptions({ ...configuredHost(context.configuration), ...where }, context),
    );
    if (client === undefined) {
      throw new SpinError("ERR_SPIN_HOST_NOT_RUNNING", `No host runs that could have the app "${name}".`);
    }
    const app = await client.mustGetApp(name);
    const { url, status, digest, revision, listen, history, variables, secretVariables } = app;
    const open = Object.entries(variables).filter(([variable]) => !secretVariables.includes(variable));
    return { name, url, status, digest, revision, listen, variables: Object.fromEntries(open), history };
  },
} satisfies FunctionDefinition as FunctionDefinition;
