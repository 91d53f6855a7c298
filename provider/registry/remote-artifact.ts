/** An artifact that a registry has: what it is, and how it comes into another repository. */
import { formatReference, parseReference, type Reference, targetOf } from "../../model/artifact/index.ts";
import type { ArtifactDefinition } from "../../model/definition.ts";
import { type Issue, issue, SpinError } from "../../model/errors/index.ts";
import { definitionOfLocked } from "../../model/locked-app/index.ts";
import type { Repository } from "../../registry/client/index.ts";
import type { Context } from "../definition/context.ts";
import { withRegistries } from "./open-registry.ts";

/** By tag or digest; ERR_SPIN_ARTIFACT_KIND for what is no application. Of its binaries some KB each are read. */
export async function readArtifactDefinition(
  repository: Repository,
  reference: Reference,
): Promise<ArtifactDefinition> {
  const { inspectArtifact } = await import("../../registry/artifact/inspect.ts");
  const { digest, sizeBytes, lockedApp, summaries } = await inspectArtifact(repository, targetOf(reference));
  const pinned = pinnedReference(reference, digest);
  if (lockedApp === undefined) {
    throw new SpinError("ERR_SPIN_ARTIFACT_KIND", `${pinned} is a package of one component, no application.`);
  }
  const binaries = new Map(
    [...summaries].map(([of, { sizeBytes: size, imports, exports }]) => [of, { size, imports, exports }]),
  );
  const { digest: _digest, tag: _tag, ...origin } = reference;
  const app = definitionOfLocked(lockedApp, binaries, formatReference(origin));
  return { reference: pinned, digest, size: sizeBytes, app };
}

/** `registry/repository@sha256:…`, whatever else it was called by. */
export function pinnedReference({ registry, repository }: Reference, digest: string): string {
  return formatReference({ registry, repository, digest });
}

/** With signatures and other referrers. Nothing is asked of the source when the manifest has come before. */
export async function copyInto(from: Repository, to: Repository, digest: string): Promise<void> {
  if ((await to.resolve(digest)) !== undefined) return;
  const { copyArtifact } = await import("../../registry/artifact/copy.ts");
  await copyArtifact(from, to, digest, { tags: [] });
}

/** That a text names an artifact by digest; for a tag ERR_SPIN_ARTIFACT_TAG says which digest that has now. */
export async function pinIssues(text: string, input: string, context: Context): Promise<Issue[]> {
  const reference = parseReference(text);
  if (reference.digest !== undefined) return [];
  const found = await withRegistries(context, (open) =>
    open(reference, "pull").resolve(targetOf(reference)),
  ).catch(() => undefined);
  const now = found === undefined ? "" : ` Today it leads to ${pinnedReference(reference, found.digest)}.`;
  const message = `"${text}" is a tag, which may lead to something else tomorrow.${now}`;
  return [issue("ERR_SPIN_ARTIFACT_TAG", input, message)];
}
