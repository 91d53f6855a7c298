import { z } from "zod";
import { checkTarget } from "../../model/capability/index.ts";
import type { AppDefinition, ArtifactDefinition } from "../../model/definition.ts";
import { type Issue, issue } from "../../model/errors/index.ts";
import { validateDeployment } from "../../model/validate/deployment.ts";
import { limitsShape } from "../../runtime/admin/limits.ts";
import { ownerKey } from "../definition/kept-keys.ts";
import type { Context, Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, isUnknown, unknown } from "../definition/unknown.ts";
import { pinIssues } from "../registry/remote-artifact.ts";
import { signatureIssues, unsignedIssues } from "../registry/verify.ts";
import { denialReport } from "../report/denials.ts";
import { appOf, appPath } from "../host/source.ts";
import { configuredHost, deployApp, nameOf, readApp, removeApp } from "../host/deployment.ts";

export const hostDeployment = {
  token: "spin:index:HostDeployment",
  description: "Runs an application on the bundled host of this machine, and keeps it as declared.",
  inputs: z.strictObject({
    app: z
      .custom<AppDefinition>((value) => value !== undefined, "expected the definition of an App")
      .optional()
      .describe("Definition of an `App`. It or `artifact` is given."),
    artifact: z
      .custom<ArtifactDefinition>((value) => value !== undefined, "expected the definition of an Artifact")
      .optional()
      .describe("Definition of an `Artifact`, which the host pulls by digest."),
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
    health: z
      .strictObject({
        path: z
          .string()
          .regex(/^\//, "expected a path, for example /health")
          .describe("Path of a GET request."),
        timeoutSeconds: z
          .number()
          .positive()
          .max(150)
          .default(30)
          .describe("How long it may take to answer."),
      })
      .optional()
      .describe(
        "What a new revision must answer, with a status below 400, before it takes over; else the former answers on. Default: that its components start.",
      ),
    limits: limitsShape
      .optional()
      // None is no property, as the host's answer is read.
      .overwrite((limits) => (Object.keys(limits ?? {}).length === 0 ? undefined : limits))
      .describe("What each component may take; what is left out has the engine's default."),
    waitForReady: z
      .boolean()
      .optional()
      .describe(
        "Wait until the new revision answers. Default: true. With false the host goes on trying by itself.",
      ),
    adopt: z
      .boolean()
      .optional()
      .describe("Take over an app of that name which the host has already. Default: that is an error."),
  }),
  outputs: z.object({
    url: z.string().describe("Where the app answers."),
    digest: z.string().describe("`sha256:<hex>` of the locked application that runs."),
    revision: z.int().describe("Grows by one with each deployment."),
    status: z.enum(["running", "stopped"]).describe("What the host says."),
    history: z
      .array(z.object({ revision: z.int(), digest: z.string(), deployedAt: z.string() }))
      .describe("The revisions that the host keeps, the present one last."),
  }),
  immutable: ["name", "host"],
  compared: [
    "name",
    "host",
    "listen",
    "variables",
    "limits",
    "digest",
    "app.lockedApp",
    "artifact.digest",
    "artifact.app.lockedApp",
    "status",
  ],
  acceptsSecrets: ["variables"],
  secrets: secretVariables,
  identityName: "name",
  configured: configuredHost,
  identify: (inputs) => nameOf(inputs),
  async validate(inputs, context) {
    const { name, variables, artifact } = inputs;
    const mismatch = await sourceIssues(inputs, context);
    const app = appOf(inputs) as AppDefinition | undefined;
    if (mismatch.length > 0 || app === undefined) return mismatch;
    const place = appPath(inputs);
    const address = unknownAddress(inputs);
    const subject = { ...app, ...(name === undefined ? {} : { name }) };
    const unreachable = checkTarget(subject, "bundled-host").map((found) => ({
      ...found,
      // A name of its own is the deployment's, not the app's.
      path: found.path === "name" && name !== undefined ? "name" : `${place}.${found.path}`,
    }));
    return [
      ...(artifact === undefined
        ? unsignedIssues("app", context)
        : await signatureIssues(artifact.reference, "artifact", context)),
      ...address,
      ...unreachable,
      ...validateDeployment(app, variables),
    ];
  },
  async derive(inputs, context, old) {
    const { listen } = inputs;
    const app = appOf(inputs);
    // An app that is not known yet keeps its name: announcing a replacement would be a false alarm.
    const name = inputs["name"] ?? (isUnknown(app) ? (old?.["name"] ?? unknown) : app?.name);
    return {
      name,
      url: urlOf(listen) ?? (await keptUrl({ ...inputs, name }, old, context)) ?? unknown,
      digest: app === undefined || isUnknown(app) || hasUnknown(app.digest) ? unknown : app.digest,
      status: "running",
    };
  },
  async create(inputs, context) {
    return { id: nameOf(inputs), outputs: await deployApp(inputs, context) };
  },
  async read(_id, state, context) {
    const observed = await readApp(state, context);
    return observed === undefined ? undefined : { outputs: observed, inputs: inputsOf(observed) };
  },
  report: (planned, context, old) => (old === undefined ? [] : denialReport(planned, context)),
  update: (_id, old, inputs, context) => deployApp(inputs, context, old),
  delete: (_id, state, context) => removeApp(state, context),
} satisfies ResourceDefinition as ResourceDefinition;

/** One of the two says what runs. One that is not known yet is there, as `undefined`. */
async function sourceIssues(inputs: Properties, context: Context): Promise<Issue[]> {
  const { app, artifact } = inputs;
  const code = "ERR_SPIN_DEPLOYMENT_SOURCE";
  if (!("app" in inputs) && !("artifact" in inputs))
    return [issue(code, "app", "Nothing says what is to run.")];
  if (app !== undefined && artifact !== undefined)
    return [issue(code, "artifact", "There are both an app and an artifact.")];
  if (artifact === undefined) return [];
  // A reference would say what runs, and nothing of what it may do.
  if (typeof artifact !== "string") return [];
  const hint = `Pass the definition: getArtifactOutput({ reference: "…" }).definition.`;
  const found = await pinIssues(artifact, "artifact", context);
  return found.length > 0 ? found : [issue(code, "artifact", `"${artifact}" is a reference.`, { hint })];
}

function urlOf(listen: unknown): string | undefined {
  return typeof listen !== "string" || listen.endsWith(":0") ? undefined : `http://${listen}/`;
}

/** A port that was found free once stays: the URL is in the state, or the host knows it. */
async function keptUrl(
  inputs: Properties,
  old: Properties | undefined,
  context: Context,
): Promise<string | undefined> {
  if (old === undefined || hasUnknown([inputs["name"], inputs["listen"], inputs["host"]])) return undefined;
  if (["name", "listen"].some((key) => inputs[key] !== old[key])) return undefined;
  return old["url"] ?? (await readApp(inputs, context))?.["url"];
}

/** A port that the host has yet to find is known only after it did. */
function unknownAddress({ waitForReady, listen }: Properties): Issue[] {
  if (waitForReady !== false || typeof listen !== "string" || !listen.endsWith(":0")) return [];
  const message = `waitForReady: false leaves the address of listen: "${listen}" open, and with it the output url.`;
  return [issue("ERR_SPIN_DEPLOYMENT_ADDRESS", "listen", message)];
}

/** What counts what the host did is no input and must not look like one that changed. */
function inputsOf({
  revision: _revision,
  history: _history,
  [ownerKey]: _owner,
  ...rest
}: Properties): Properties {
  return rest;
}

/** Values of variables that the app declares secret, whether or not the program wrapped them. */
function secretVariables(bag: Properties): (string | number)[][] {
  const { variables } = bag;
  if (typeof variables !== "object" || variables === null) return [];
  const declared = (appOf(bag) as AppDefinition | undefined)?.variables ?? [];
  if (!Array.isArray(declared)) return Object.keys(variables).map((name) => ["variables", name]);
  return declared
    .filter(({ secret, name }) => secret && name in variables)
    .map(({ name }) => ["variables", name]);
}
