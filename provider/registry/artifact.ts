/** The application of an `Artifact`: where its bytes come from, and which digest they give. */
import type { ArtifactDefinition } from "../../model/definition.ts";
import type { Repository } from "../../registry/client/index.ts";

/** An artifact that is known to the last byte, and may not be anywhere yet. */
export interface KnownArtifact {
  digest: string;
  /** Bytes of the manifest and of all that it names. */
  size: number;
  app: ArtifactDefinition["app"];
  /** Brings it into a repository under its digest. What is there already is not sent again. */
  send(to: Repository): Promise<void>;
}
