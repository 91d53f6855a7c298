/** An `Artifact` and its repository: brought to what the inputs say, read, taken away. */
import { formatReference, parseReference, type Reference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { Repository } from "../../registry/client/index.ts";
import type { Context } from "../definition/context.ts";
import { PartialFailure } from "../definition/partial-failure.ts";
import type { Properties } from "../definition/resource.ts";
import type { KnownArtifact } from "./artifact.ts";
import { localArtifact } from "./local-artifact.ts";
import { type OpenRepository, withRegistries } from "./open-registry.ts";
import { copyInto, pinnedReference, readArtifactDefinition } from "./remote-artifact.ts";
import { historyWith, removeManifests } from "./retention.ts";
import { moveTags, removeTags, tagsOn } from "./tags.ts";

/** Pushes what the registry lacks, lets the tags lead to it, and takes away what is wanted no more. */
export async function publish(inputs: Properties, context: Context, old?: Properties): Promise<Properties> {
  return withRegistries(context, async (open) => {
    const artifact = await knownArtifact(inputs, context, { open, old, mayBuild: true });
    if (artifact === undefined) throw new SpinError("ERR_SPIN_ARTIFACT_CONTENT", "Its content is not known.");
    const outputs = { ...inputs, ...outputsOf(inputs, artifact, old) };
    const repository = repositoryOf(inputs, open, "push");
    try {
      await artifact.send(repository);
      await moveTags(repository, artifact.digest, inputs["tags"]);
    } catch (error) {
      await half(error, outputs, context);
    }
    if (old !== undefined) await tidy(repository, outputs, old, context);
    return outputs;
  });
}

/** What an artifact will be; `undefined` in a preview for what only building or fetching would tell. */
export async function planned(
  inputs: Properties,
  context: Context,
  old?: Properties,
): Promise<Properties | undefined> {
  const { copyFrom } = inputs;
  const digest = copyFrom === undefined ? undefined : parseReference(copyFrom).digest;
  // Stored inputs have the digest and not the definition; nothing else is compared, and no registry need answer.
  if (digest !== undefined && digest === old?.["digest"] && old["definition"] === undefined)
    return { digest };
  return withRegistries(context, async (open) => {
    const artifact = await knownArtifact(inputs, context, { open, old, mayBuild: false });
    return artifact && outputsOf(inputs, artifact, old);
  });
}

/** What the registry has: `undefined` when the manifest is gone, and only those tags that lead to it. */
export async function observe(state: Properties, context: Context): Promise<Properties | undefined> {
  return withRegistries(context, async (open) => {
    const repository = repositoryOf(state, open, "pull");
    const { digest, tags = [] } = state;
    if ((await repository.resolve(digest)) === undefined) return undefined;
    return { ...state, tags: await tagsOn(repository, digest, tags) };
  });
}

/** What is imported by its reference: a copy of itself, since the registry does not know its sources. */
export async function imported(reference: string, context: Context): Promise<Properties> {
  const asked = parseReference(reference);
  return withRegistries(context, async (open) => {
    const definition = await readArtifactDefinition(open(asked, "pull"), asked);
    const { reference: copyFrom, digest, size } = definition;
    const tags = asked.tag === undefined ? [] : [asked.tag];
    const repository = idOf({ repository: reference });
    const facts = { reference: copyFrom, digest, size, history: [digest], definition };
    return { copyFrom, repository, tags, ...facts };
  });
}

/** Takes away the tags that still lead to it, and manifests as `retention` says. Succeeds where there is nothing. */
export async function unpublish(state: Properties, context: Context): Promise<void> {
  const { digest, tags = [], history = [digest], retention = {} } = state;
  await withRegistries(context, async (open) => {
    const repository = repositoryOf(state, open, "push");
    const staying = await removeTags(repository, history, tags);
    const { onDestroy = "keep" } = retention;
    if (onDestroy === "keep") return tellStaying(repository, staying, context);
    await removeManifests(repository, history, { ownTags: tags, isForced: onDestroy === "force" });
  });
}

/** Which of its tags lead to something else as yet, for a person who reads a preview. */
export async function tagMoves(plan: Properties, context: Context): Promise<string[]> {
  const { digest, tags } = plan;
  return withRegistries(context, async (open) => {
    const repository = repositoryOf(plan, open, "pull");
    const found = await Promise.all(
      (tags as string[]).map(async (tag) => ({ tag, now: (await repository.resolve(tag))?.digest })),
    );
    return found.flatMap(({ tag, now }) =>
      now === undefined || now === digest ? [] : [`The tag ${tag} leads to ${now}, and will to ${digest}.`],
    );
  });
}

interface Finding {
  open: OpenRepository;
  old: Properties | undefined;
  mayBuild: boolean;
}

async function knownArtifact(
  inputs: Properties,
  context: Context,
  { open, old, mayBuild }: Finding,
): Promise<KnownArtifact | undefined> {
  const { copyFrom } = inputs;
  if (copyFrom === undefined) return localArtifact(inputs, context, { mayBuild });
  const source = parseReference(copyFrom);
  const from = open(source, "pull");
  // What a digest stands for never changes: the source need not answer again.
  const known = old?.["digest"] === source.digest ? old?.["definition"] : undefined;
  const { digest, size, app } = known ?? (await readArtifactDefinition(from, source));
  return { digest, size, app, send: (to) => copyInto(from, to, digest) };
}

function outputsOf(
  inputs: Properties,
  { digest, size, app }: KnownArtifact,
  old: Properties | undefined,
): Properties {
  const reference = pinnedReference(parseReference(inputs["repository"]), digest);
  const former = old?.["repository"] === inputs["repository"] ? (old?.["history"] ?? []) : [];
  return {
    reference,
    digest,
    size,
    definition: { reference, digest, size, app },
    history: historyWith(former, digest, inputs["retention"]?.keep),
  };
}

function repositoryOf(
  { repository, insecure, ca }: Properties,
  open: OpenRepository,
  access: "pull" | "push",
): Repository {
  return open(parseReference(repository), access, { insecure, ca });
}

/** After an update: tags that are wanted no more, and former manifests beyond those that are kept. */
async function tidy(
  repository: Repository,
  outputs: Properties,
  old: Properties,
  context: Context,
): Promise<void> {
  try {
    const former: string[] = old["history"] ?? [old["digest"]];
    const gone = (old["tags"] ?? []).filter((tag: string) => !outputs["tags"].includes(tag));
    const digests = [...former, ...outputs["history"]];
    tellStaying(repository, await removeTags(repository, digests, gone), context);
    if (outputs["retention"]?.keep === undefined) return;
    const beyond = former.filter((digest) => !outputs["history"].includes(digest));
    await removeManifests(repository, beyond, { ownTags: [...outputs["tags"], ...gone] });
  } catch (error) {
    throw new PartialFailure(
      idOf(outputs),
      { ...outputs, tags: old["tags"], history: old["history"] },
      error,
    );
  }
}

function tellStaying(repository: Repository, tags: readonly string[], context: Context): void {
  if (tags.length === 0) return;
  const name = `${repository.registry}/${repository.repository}`;
  context.log(
    `${name} does not delete tags: ${tags.join(", ")} ${tags.length === 1 ? "stays" : "stay"}.`,
    "warning",
  );
}

/** What came to be before it failed belongs in the state. Asked anew: the signal may be what ended it. */
async function half(cause: unknown, wanted: Properties, context: Context): Promise<never> {
  const asked = { ...context, signal: AbortSignal.timeout(2_000) };
  const found = await observe(wanted, asked).catch(() => undefined);
  throw found === undefined ? cause : new PartialFailure(idOf(wanted), found, cause);
}

/** `registry/repository`. */
export function idOf({ repository }: Properties): string {
  const { tag: _tag, digest: _digest, ...name }: Reference = parseReference(String(repository));
  return formatReference(name);
}
