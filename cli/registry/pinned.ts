import { type Descriptor, formatReference, type Reference, targetOf } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { RegistryClient, Repository } from "../../registry/client/index.ts";

export interface Pinned {
  repository: Repository;
  digest: string;
  subject: Descriptor;
  /** `registry/repository@sha256:…`: what is signed and verified is a digest, never a tag. */
  reference: string;
}

/** What a reference leads to now. ERR_SPIN_REGISTRY_NOT_FOUND. */
export async function pin(
  client: RegistryClient,
  reference: Reference,
  access: "pull" | "push",
): Promise<Pinned> {
  const repository = client.repository(reference, access);
  const found = await repository.resolve(targetOf(reference));
  if (found === undefined)
    throw new SpinError("ERR_SPIN_REGISTRY_NOT_FOUND", `There is no ${formatReference(reference)}.`);
  const { digest } = found;
  const name = { registry: reference.registry, repository: reference.repository };
  return { repository, digest, subject: found, reference: formatReference({ ...name, digest }) };
}
