import { readFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { checkTarget } from "../../model/capability/index.ts";
import { describeIssue, type Issue, issue, SpinError } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";
import {
  deployedManifest,
  type KubernetesObject,
  type KubernetesSpec,
  synthesizeKubernetes,
  validateKubernetes,
} from "../../model/kubernetes/index.ts";
import { lockManifest } from "../../model/locked-app/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { checkShape } from "../../provider/definition/check.ts";
import { specShape } from "../../provider/kubernetes/inputs.ts";
import { localContent } from "../../registry/local-content/index.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";

export interface SynthesisOptions {
  /** A file of a `KubernetesDeployment`'s inputs in YAML or JSON. */
  inputs?: string | undefined;
  image?: string | undefined;
  name?: string | undefined;
  namespace?: string | undefined;
}

const shape = z.strictObject({ name: z.string().optional(), ...specShape });

/** The objects of a spin.toml's deployment as one YAML text, and warnings. All that is wrong is one SpinError. */
export async function synthesizeForKubernetes(
  manifestFile: string,
  options: SynthesisOptions,
): Promise<{ objects: KubernetesObject[]; text: string; warnings: Issue[] }> {
  const { manifest, root } = await readManifestFile(manifestFile);
  const normal = normalizeManifest(manifest);
  const { inputs: file, ...given } = options;
  const wanted = {
    ...(file === undefined ? {} : await readInputs(file)),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  const { inputs, issues } = checkShape({ token: "spin:index:KubernetesDeployment", inputs: shape }, wanted);
  refuse(issues);
  const spec = {
    ...inputs,
    name: inputs["name"] ?? normal.application.name,
    namespace: inputs["namespace"] ?? "default",
  } as KubernetesSpec;
  const app = deployedManifest(normal);
  const lockedApp = lockManifest(normal, await localContent(normal, root));
  const subject = { name: spec.name, lockedApp: lockedApp as unknown as { [key: string]: Json } };
  const found = [
    ...(spec.image === undefined ? [noImage()] : []),
    ...checkTarget(subject, "spinkube"),
    ...validateKubernetes(spec, app),
    ...secretsInPlain(spec, app),
  ];
  refuse(found);
  const { objects, warnings } = synthesizeKubernetes(spec, app);
  return { objects, text: renderYaml(objects), warnings: [...found, ...warnings] };
}

/** Several documents. YAML of version 1.1, as kubectl reads it: `yes` and `0o7` are quoted. */
export function renderYaml(objects: readonly KubernetesObject[]): string {
  return objects
    .map((object) => stringify(object, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

async function readInputs(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new SpinError("ERR_SPIN_CLI_USAGE", `${file} cannot be read.`, {
      cause,
      hint: "Correct --inputs.",
    });
  });
  const value = parsed(text, file);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new SpinError("ERR_SPIN_CLI_USAGE", `${file} holds no inputs of a KubernetesDeployment.`, {
    hint: "Expected a mapping, for example: replicas: 3",
  });
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [line = "it is no YAML"] = (error as Error).message.split("\n");
    throw new SpinError("ERR_SPIN_CLI_USAGE", `${file}: ${line.replace(/:$/, "")}.`, {
      hint: "Correct the file.",
    });
  }
}

function noImage(): Issue {
  const hint = "Name the artifact that was pushed: --image registry/repository@sha256:…";
  return issue("ERR_SPIN_KUBERNETES_IMAGE", "image", "There is no image to deploy.", { hint });
}

/** What is written here is committed to a repository: values of secret variables do not belong there. */
function secretsInPlain(spec: KubernetesSpec, app: ReturnType<typeof deployedManifest>): Issue[] {
  const secret = app.variables.filter(
    ({ name, secret: is }) => is && typeof spec.variables?.[name] === "string",
  );
  const inText = secret.map(({ name }) => `variables.${name}`);
  if (typeof spec.runtimeConfig === "string") inText.push("runtimeConfig");
  return inText.map((path) => {
    const hint = "Make a Secret in the cluster, and name it: secretKeyRef, or runtimeConfig.secretName.";
    const message = "The objects would hold a secret in plain text.";
    return issue("ERR_SPIN_KUBERNETES_SPEC", path, message, { hint });
  });
}

function refuse(issues: readonly Issue[]): void {
  const [first, ...others] = issues.filter(({ severity }) => severity === "error");
  if (first === undefined) return;
  if (others.length === 0)
    throw new SpinError(first.code, `${first.path}: ${first.message}`, { hint: first.hint });
  const lines = [first, ...others].map((found) => `\n  ${describeIssue(found)}`).join("");
  throw new SpinError(first.code, `The deployment has ${others.length + 1} problems:${lines}`, {
    hint: "Correct each of them and try again.",
  });
}
