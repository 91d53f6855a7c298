/** What an artifact runs, brought from its registry into the host's blobs: every byte verified, nothing asked for twice. */
import { z } from "zod";
import { formatReference, layerContent, parseReference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import type { PulledApp, PullRequest } from "../admin/protocol.ts";
import type { Blobs } from "./blobs.ts";
import { parse } from "./deployment.ts";

const credential = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("basic"), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal("identity"), token: z.string() }),
  z.object({ kind: z.literal("bearer"), token: z.string() }),
]);
const requestShape = z.object({
  reference: z.string(),
  credential: credential.optional(),
  insecure: z.boolean().optional(),
  ca: z.string().optional(),
});

export function parsePull(body: unknown): PullRequest {
  const { reference, credential: given, insecure, ca } = parse(requestShape, body);
  return {
    reference,
    ...(given && { credential: given }),
    ...(insecure !== undefined && { insecure }),
    ...(ca !== undefined && { ca }),
  };
}

/** The credential serves this pull and is kept nowhere: what a kept revision needs stays in the blobs. */
export async function pullApp(blobs: Blobs, request: PullRequest, signal: AbortSignal): Promise<PulledApp> {
  const { reference: text, credential: given, ...transport } = request;
  const reference = parseReference(text);
  const { digest } = reference;
  if (digest === undefined) {
    throw new SpinError("ERR_SPIN_ARTIFACT_TAG", `The host pulls by digest, and "${text}" has none.`);
  }
  const [{ RegistryClient }, { fetchArtifact }] = await Promise.all([
    import("../../registry/client/index.ts"),
    import("../../registry/artifact/read-artifact.ts"),
  ]);
  const client = new RegistryClient({ ...transport, signal, credential: async () => given });
  try {
    const repository = client.repository(reference, "pull");
    const { artifact, lockedApp } = await fetchArtifact(repository, digest);
    if (artifact.kind !== "application" || lockedApp === undefined) {
      const name = formatReference(reference);
      throw new SpinError("ERR_SPIN_ARTIFACT_KIND", `${name} is a package of one component, no application.`);
    }
    const wanted = new Set(binariesOf(lockedApp.app));
    for (const descriptor of artifact.content.filter((it) => wanted.delete(it.digest)))
      if (!(await blobs.has(descriptor.digest)))
        await blobs.write(descriptor.digest, repository.verifiedBlob(descriptor));
    return { lockedApp: lockedApp.app };
  } finally {
    await client.close();
  }
}

/** Digests of what is run; files are none of it. */
function binariesOf(app: LockedApp): string[] {
  return layerContent(app, { isArchived: true }).map(({ digest }) => digest);
}
