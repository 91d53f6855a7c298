import { z } from "zod";
import { checkTarget } from "../../model/capability/index.ts";
import type { AppDefinition, ArtifactDefinition } from "../../model/definition.ts";
import { type Issue, issue } from "../../model/errors/index.ts";
import {
  isSecretVariable,
  synthesizeKubernetes,
  urlOf,
  validateKubernetes,
} from "../../model/kubernetes/index.ts";
import type { Context, Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, isUnknown, unknown } from "../definition/unknown.ts";
import { createDeployment, deleteDeployment, updateDeployment } from "../kubernetes/deployment.ts";
import { clusterInput, specShape } from "../kubernetes/inputs.ts";
import { appOf, outputsOf, planOf, specOf } from "../kubernetes/plan.ts";
import { tryOut } from "../kubernetes/preview.ts";
import { readDeployment } from "../kubernetes/read.ts";
import { targetOf } from "../kubernetes/target.ts";
import { signatureIssues } from "../registry/verify.ts";

export const kubernetesDeployment = {
  token: "spin:index:KubernetesDeployment",
  description: "Runs an artifact on Kubernetes with SpinKube, and keeps it as declared.",
  inputs: z.strictObject({
    artifact: z
      .custom<ArtifactDefinition>((value) => value !== undefined, "expected the definition of an Artifact")
      .optional()
      .describe("Definition of an `Artifact`: what runs, by digest, and what is known of it."),
    name: z.string().optional().describe("Of the SpinApp, at most 52 characters. Default: the app's."),
    ...specShape,
    cluster: clusterInput,
    createNamespace: z
      .boolean()
      .optional()
      .describe(
        "Make the namespace when it is not there; it stays when the deployment goes. Default: false.",
      ),
    createPullSecret: z
      .boolean()
      .optional()
      .describe("Make a pull secret of the registry's credentials in `spin:registries`. Default: false."),
    waitForReady: z.boolean().optional().describe("Wait until the pods serve. Default: true."),
    rollbackOnFailure: z
      .boolean()
      .optional()
      .describe("Bring the former revision back when the pods of a new one do not come up. Default: false."),
    force: z
      .boolean()
      .optional()
      .describe("Take over fields that others manage. Default: false; a conflict names them."),
    adopt: z
      .boolean()
      .optional()
      .describe("Take over a SpinApp of that name that is there already. Default: that is an error."),
  }),
  outputs: z.object({
    url: z.string().describe("Where the app answers: outside with `expose`, else inside the cluster."),
    reference: z.string().describe("`registry/repository@sha256:<hex>` of what runs."),
    revision: z.string().describe("A hash of all that makes the pods what they are, which they carry."),
    server: z.string().describe("URL of the cluster's API server."),
    objects: z
      .record(z.string(), z.string())
      .describe("`Kind/name` of what was made, with a hash, or what was changed there by whom."),
    status: z.enum(["available", "progressing", "failing"]).describe("How the pods are."),
  }),
  immutable: ["name", "namespace", "server"],
  compared: [
    "name",
    "server",
    "reference",
    ...Object.keys(specShape).filter((it) => it !== "image"),
    "objects",
  ],
  acceptsSecrets: ["variables", "runtimeConfig", "cluster"],
  secrets,
  identityName: "name",
  identify: ({ namespace, name }) => `${namespace}/${name}`,
  async validate(inputs, context) {
    const rules = [...sourceIssues(inputs), ...rulesOf(inputs, context)];
    return hasErrors(rules) ? rules : [...rules, ...(await unsigned(inputs, context))];
  },
  async tryOut(planned, context, old) {
    if (hasUnknown(planned)) return;
    const target = await targetOf(planned, context);
    await tryOut(planOf(planned, target.namespace, context.configuration), planned, target, context, old);
  },
  derive: (inputs, context, old) => derived(inputs, context, old),
  create: createDeployment,
  read: readDeployment,
  update: (_id, old, inputs, context) => updateDeployment(old, inputs, context),
  delete: deleteDeployment,
} satisfies ResourceDefinition as ResourceDefinition;

/** One of the two says what runs. One that is not known yet is there, as `undefined`. */
function sourceIssues(inputs: Properties): Issue[] {
  const given = ["artifact", "image"].filter((key) => key in inputs);
  const hint = "Pass an Artifact as `artifact`, or a reference with its digest as `image`.";
  if (given.length === 2 && given.every((key) => inputs[key] !== undefined))
    return [
      issue("ERR_SPIN_KUBERNETES_IMAGE", "image", "There are both an artifact and an image.", { hint }),
    ];
  if (given.length === 0)
    return [issue("ERR_SPIN_KUBERNETES_IMAGE", "artifact", "Nothing says what is to run.", { hint })];
  if (given[0] === "image" && !("name" in inputs))
    return [
      issue("ERR_SPIN_INPUT_MISSING", "name", "An image alone does not tell the app's name.", {
        hint: "Give `name`.",
      }),
    ];
  return [];
}

/** As soon as it is known what is to run. */
async function unsigned({ artifact, image }: Properties, context: Context): Promise<Issue[]> {
  const reference = (artifact as ArtifactDefinition | undefined)?.reference ?? image;
  if (typeof reference !== "string") return [];
  return signatureIssues(reference, artifact === undefined ? "image" : "artifact", context);
}

function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === "error");
}

function rulesOf(inputs: Properties, { configuration }: Context): Issue[] {
  const app = appOf(inputs);
  const spec = specOf(inputs, inputs["namespace"], configuration);
  const { app: definition } = (inputs["artifact"] ?? {}) as { app?: AppDefinition };
  const unsuited =
    definition === undefined ? [] : checkTarget({ ...definition, name: spec.name }, "spinkube");
  const { createPullSecret } = inputs;
  const hint = "Set spin:registries, or name a Secret of the namespace in imagePullSecrets.";
  const message = `spin:registries has no user and password for the registry of ${spec.image}.`;
  const lacksCredentials =
    createPullSecret === true && spec.image !== undefined && spec.pullCredentials === undefined;
  const wider = isComplete(inputs) ? synthesizeKubernetes(spec, app).warnings : [];
  return [
    ...validateKubernetes(spec, app),
    // The name has its own rule.
    ...unsuited
      .filter(({ path }) => path !== "name")
      .map((it) => ({ ...it, path: `artifact.app.${it.path}` })),
    ...wider,
    ...(lacksCredentials ? [issue("ERR_SPIN_KUBERNETES_SPEC", "createPullSecret", message, { hint })] : []),
  ];
}

async function derived(inputs: Properties, context: Context, old: Properties = {}): Promise<Properties> {
  const { artifact, expose } = inputs;
  // What is not known yet keeps its name: announcing a replacement would be a false alarm.
  const name = inputs["name"] ?? (isUnknown(artifact) ? (old["name"] ?? unknown) : artifact?.app?.name);
  if (hasUnknown([inputs["cluster"], inputs["namespace"]])) return { ...open(old), name };
  const target = await targetOf(inputs, context);
  const { namespace } = target;
  const { server } = target.client;
  if (hasUnknown(inputs)) {
    const url = hasUnknown([name, expose]) ? unknown : urlOf({ name, namespace, expose });
    return { ...open(old), name, namespace, server, url, status: "available" };
  }
  const plan = planOf(inputs, namespace, context.configuration);
  return { ...outputsOf(plan), server, status: "available" };
}

function open({ namespace = unknown, server = unknown }: Properties): Properties {
  return {
    namespace,
    server,
    url: unknown,
    reference: unknown,
    revision: unknown,
    objects: unknown,
    status: unknown,
  };
}

/** Whether nothing in it is still to be known. */
function isComplete(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isComplete);
}

/** What only a Secret holds in the cluster is encrypted in the state, whether or not the program wrapped it. */
function secrets(bag: Properties): (string | number)[][] {
  const { variables = {}, runtimeConfig, cluster } = bag;
  const app = isUnknown(bag["artifact"]) ? undefined : appOf(bag);
  const names = typeof variables === "object" && variables !== null ? Object.keys(variables) : [];
  return [
    ...names
      .filter((name) => typeof variables[name] === "string" && isSecretVariable(name, app))
      .map((name) => ["variables", name]),
    ...(typeof runtimeConfig === "string" ? [["runtimeConfig"]] : []),
    ...(typeof cluster?.kubeconfig === "string" ? [["cluster", "kubeconfig"]] : []),
  ];
}
