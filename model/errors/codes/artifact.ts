import type { ErrorEntry } from "../table.ts";

export const artifactErrors = {
  ERR_SPIN_ARTIFACT_REFERENCE: {
    fault: "user",
    summary: "A reference to an artifact is malformed.",
    hint: "Write it as registry/repository:tag or registry/repository@sha256:<hex>, in lower case.",
  },
  ERR_SPIN_ARTIFACT_MANIFEST: {
    fault: "remote",
    summary: "A registry gave a manifest that is malformed, or larger than manifests may be.",
    hint: "Push the artifact again; `oras manifest fetch` shows what the registry holds.",
  },
  ERR_SPIN_ARTIFACT_MEDIA_TYPE: {
    fault: "user",
    summary: "A reference leads to something of another media type than is needed, an index for example.",
    hint: "Give the reference of an artifact that `pulumi-spin push` or `spin registry push` made.",
  },
  ERR_SPIN_ARTIFACT_KIND: {
    fault: "user",
    summary: "An artifact is neither a Spin application nor a component.",
    hint: "Give the reference of an artifact that `pulumi-spin push` or `spin registry push` made.",
  },
  ERR_SPIN_ARTIFACT_APP: {
    fault: "remote",
    summary: "The locked application in an artifact is malformed.",
    hint: "Push the application again.",
  },
  ERR_SPIN_ARTIFACT_CONTENT: {
    fault: "user",
    summary: "An application names a binary or a file that its artifact does not have.",
    hint: "Push the application again, with all its content.",
  },
  ERR_SPIN_ARTIFACT_PATH: {
    fault: "user",
    summary: "A file of an artifact has a path that would lead out of the component's own files.",
    hint: 'Use relative paths with "/" between their parts, without "." and "..".',
  },
  ERR_SPIN_ARTIFACT_LAYERS: {
    fault: "bug",
    summary: "An application has more files than an artifact may have layers.",
    hint: "Give one archive for each component.",
  },
  ERR_SPIN_ARTIFACT_TAG: {
    fault: "user",
    summary: "A tag stands where only a digest says what is meant.",
    hint: "Write it as registry/repository@sha256:<hex>; the function getArtifact resolves a tag anew in each run.",
  },
  ERR_SPIN_ARTIFACT_SOURCE: {
    fault: "user",
    summary: "An Artifact has no source, or more than one.",
    hint: "Give one of `app`, `from` and `copyFrom`.",
  },
} as const satisfies Record<string, ErrorEntry>;
