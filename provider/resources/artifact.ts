import { z } from "zod";
import { isTag, parseReference } from "../../model/artifact/index.ts";
import type { AppDefinition, ArtifactDefinition } from "../../model/definition.ts";
import { type Issue, issue } from "../../model/errors/index.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { hasUnknown, unknown } from "../definition/unknown.ts";
import { idOf, imported, observe, planned, publish, tagMoves, unpublish } from "../registry/publish.ts";
import { pinIssues } from "../registry/remote-artifact.ts";

const inputs = z.strictObject({
  app: z
    .custom<AppDefinition>((value) => value !== undefined, "expected the definition of an App")
    .optional()
    .describe("Definition of an `App`. One of `app`, `from` and `copyFrom` is given."),
  from: z
    .string()
    .min(1)
    .optional()
    .describe("A spin.toml or its folder, relative to the project, whose components are built."),
  profile: z.string().optional().describe("Profile of the spin.toml that `from` names."),
  copyFrom: z
    .string()
    .optional()
    .describe("An artifact to promote, by digest: `registry/repository@sha256:<hex>`."),
  repository: z
    .string()
    .describe("Where it is pushed to: `registry/repository`, without a tag, for example ghcr.io/acme/shop."),
  tags: z
    .array(z.string().refine(isTag, 'expected a tag: letters, digits, "_", "." and "-", at most 128'))
    .default([])
    .describe("Tags that lead to it. They move along when the digest changes."),
  annotations: z
    .record(z.string(), z.string())
    .optional()
    .describe("Annotations of the manifest, over those that follow from the application."),
  compose: z
    .boolean()
    .optional()
    .describe("Each component becomes one binary with its dependencies. Default: true, as in Spin."),
  insecure: z
    .boolean()
    .optional()
    .describe(
      "True: plain HTTP. False: never. Default: the provider's `registries`, else as for this machine's own.",
    ),
  ca: z
    .string()
    .includes("-----BEGIN CERTIFICATE-----", "expected PEM text, which has -----BEGIN CERTIFICATE-----")
    .optional()
    .describe(
      "PEM of authorities that are trusted besides the usual ones. Default: the provider's `registries`.",
    ),
  retention: z
    .strictObject({
      keep: z
        .int()
        .min(1)
        .max(100)
        .optional()
        .describe(
          "How many of the manifests that this resource pushed stay, the present one counted. Default: all.",
        ),
      onDestroy: z
        .enum(["keep", "delete", "force"])
        .optional()
        .describe(
          "Manifests stay (the default); or those go that no tag of others leads to; or all of this resource go.",
        ),
    })
    .optional()
    .describe(
      "What becomes of manifests. Tags of this resource always go with it, where the registry deletes tags.",
    ),
});

export const artifact = {
  token: "spin:index:Artifact",
  description:
    "An application in a registry: one OCI artifact whose digest follows from the sources alone, known before it is pushed.",
  inputs,
  outputs: z.object({
    reference: z.string().describe("`registry/repository@sha256:<hex>`."),
    digest: z.string().describe("`sha256:<hex>` of the manifest."),
    size: z.int().describe("Bytes of the manifest and of all that it names."),
    history: z.array(z.string()).describe("Digests that this resource pushed, the present one last."),
    definition: z.custom<ArtifactDefinition>().describe("What a deployment takes."),
  }),
  immutable: ["repository"],
  besides: ["repository"],
  compared: ["repository", "tags", "insecure", "ca", "retention", "digest"],
  unordered: ["tags"],
  identify: (given) => idOf(given),
  async validate(given, context) {
    const { repository, copyFrom, tags } = given;
    return [
      ...sourceIssues(given),
      ...(repository === undefined ? [] : repositoryIssues(repository)),
      ...(tags === undefined ? [] : twiceIssues(tags)),
      ...(copyFrom === undefined ? [] : await pinIssues(copyFrom, "copyFrom", context)),
    ];
  },
  async derive(given, context, old) {
    const found = hasUnknown(given) ? undefined : await planned(given, context, old);
    return found ?? notKnown(given);
  },
  report: (plan, context, old) =>
    hasUnknown([plan["digest"], plan["tags"]]) || old?.["digest"] === plan["digest"]
      ? []
      : tagMoves(plan, context),
  async create(given, context) {
    return { id: idOf(given), outputs: await publish(given, context) };
  },
  async read(id, state, context) {
    const isImport = state["repository"] === undefined;
    const observed = await (isImport ? imported(id, context) : observe(state, context));
    return observed && { outputs: observed, inputs: observed };
  },
  update: (_id, old, given, context) => publish(given, context, old),
  delete: (_id, state, context) => unpublish(state, context),
} satisfies ResourceDefinition as ResourceDefinition;

function notKnown({ app }: Properties): Properties {
  return {
    reference: unknown,
    digest: unknown,
    size: unknown,
    history: unknown,
    definition: { reference: unknown, digest: unknown, size: unknown, app: app ?? unknown },
  };
}

function sourceIssues(given: Properties): Issue[] {
  const names = ["app", "from", "copyFrom"].filter((name) => name in given);
  const known = names.filter((name) => given[name] !== undefined);
  if (names.length === 0 || known.length > 1) {
    const found = names.length === 0 ? "It has no source" : `It has ${known.join(" and ")}`;
    return [issue("ERR_SPIN_ARTIFACT_SOURCE", known[0] ?? "app", `${found}, and one is needed.`)];
  }
  const [only] = known;
  if (only === undefined || names.length > 1) return [];
  const idle = [
    ...(only === "from" ? [] : ["profile"]),
    ...(only === "copyFrom" ? ["annotations", "compose"] : []),
  ];
  return idle
    .filter((name) => name in given)
    .map((name) => {
      const message = `${name} would change nothing about what ${only} names.`;
      return issue("ERR_SPIN_ARTIFACT_SOURCE", name, message, { hint: `Remove ${name}.` });
    });
}

function repositoryIssues(text: string): Issue[] {
  const { tag, digest } = parseReference(text);
  if (tag === undefined && digest === undefined) return [];
  const message = `repository is "${text}", with ${digest === undefined ? "a tag" : "a digest"}; expected registry/repository alone.`;
  const hint = digest === undefined ? `Give the tag in tags: ["${tag}"].` : "Remove the digest: it follows.";
  return [issue("ERR_SPIN_ARTIFACT_REFERENCE", "repository", message, { hint })];
}

function twiceIssues(tags: readonly (string | undefined)[]): Issue[] {
  const twice = tags.findIndex((tag, index) => tag !== undefined && tags.indexOf(tag) < index);
  if (twice === -1) return [];
  const message = `The tag "${tags[twice]}" is there twice.`;
  return [issue("ERR_SPIN_ARTIFACT_REFERENCE", `tags[${twice}]`, message, { hint: "Remove one." })];
}
