import { z } from "zod";
import { checkTarget } from "../../model/capability/index.ts";
import type { AppDefinition } from "../../model/definition.ts";
import { validateDeployment } from "../../model/validate/deployment.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, isUnknown, unknown } from "../definition/unknown.ts";
import { deployApp, readApp, removeApp } from "../host/deployment.ts";

export const hostDeployment = {
  token: "spin:index:HostDeployment",
  description: "Runs an application on the bundled host of this machine, and keeps it as declared.",
  inputs: z.strictObject({
    app: z
      .custom<AppDefinition>((value) => value !== undefined, "expected the definition of an App")
      .describe("Definition of an `App`."),
    name: z.string().optional().describe("Name on the host. Default: the app's."),
    listen: z
      .string()
      .regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s/]+):\d{1,5}$/, "expected host:port, for example 127.0.0.1:3000")
      .refine((listen) => !(Number(/:(\d+)$/.exec(listen)?.[1]) > 65535), "expected a port from 0 to 65535")
      .default("127.0.0.1:3000")
      .describe("`host:port` to answer on; port 0 takes a free one and keeps it."),
    variables: z
      .record(z.string(), z.string())
      .default({})
      .describe("Values of the application's variables."),
    host: z
      .strictObject({ stateDir: z.string().describe("The host's folder, relative to the project.") })
      .optional()
      .describe("Which host. Default: the user's own."),
  }),
  outputs: z.object({
    url: z.string().describe("Where the app answers."),
    digest: z.string().describe("`sha256:<hex>` of the locked application that runs."),
    revision: z.int().describe("Grows by one with each deployment."),
    status: z.enum(["running", "stopped"]).describe("What the host says."),
  }),
  immutable: ["name", "host"],
  compared: ["name", "host", "listen", "variables", "digest", "status"],
  acceptsSecrets: ["variables"],
  secrets: secretVariables,
  identityName: "name",
  configured: ({ hostDir }) => (hostDir === undefined ? {} : { host: { stateDir: hostDir } }),
  identify: (inputs) => nameOf(inputs),
  validate({ app, variables }) {
    if (app === undefined) return [];
    const unreachable = checkTarget(app.components ?? [], "bundled-host").map((found) => ({
      ...found,
      path: `app.${found.path}`,
    }));
    return [...unreachable, ...validateDeployment(app, variables)];
  },
  derive(inputs) {
    const { app, listen } = inputs;
    return {
      name: inputs["name"] ?? (isUnknown(app) ? unknown : app.name),
      url: urlOf(listen),
      digest: isUnknown(app) || hasUnknown(app.digest) ? unknown : app.digest,
      status: "running",
    };
  },
  async create(inputs, { projectDir }) {
    return { id: nameOf(inputs), outputs: await deployApp(inputs, projectDir) };
  },
  async read(_id, state, { projectDir }) {
    const observed = await readApp(state, projectDir);
    return observed === undefined ? undefined : { outputs: observed, inputs: inputsOf(observed) };
  },
  update: (_id, _old, inputs, { projectDir }) => deployApp(inputs, projectDir),
  delete: (_id, state, { projectDir }) => removeApp(state, projectDir),
} satisfies ResourceDefinition as ResourceDefinition;

function nameOf({ name, app }: Properties): string {
  return String(name ?? app.name);
}

function urlOf(listen: unknown): unknown {
  return typeof listen !== "string" || listen.endsWith(":0") ? unknown : `http://${listen}/`;
}

/** `revision` counts what the host did: it is no input and must not look like one that changed. */
function inputsOf({ revision: _revision, ...rest }: Properties): Properties {
  return rest;
}

/** Values of variables that the app declares secret, whether or not the program wrapped them. */
function secretVariables({ app, variables }: Properties): (string | number)[][] {
  if (typeof variables !== "object" || variables === null) return [];
  const declared = (app as AppDefinition | undefined)?.variables ?? [];
  if (!Array.isArray(declared)) return Object.keys(variables).map((name) => ["variables", name]);
  return declared
    .filter(({ secret, name }) => secret && name in variables)
    .map(({ name }) => ["variables", name]);
}
