/** How an artifact came to be, as SLSA's provenance (slsa.dev/spec/v1.0/provenance). Only the builder says what changes from run to run. */
import type { LockedApp } from "../locked-app/index.ts";
import { byCodeUnit } from "../json.ts";

export interface Builder {
  /** A URI of who ran this: whoever reads it decides by it how far to believe the rest. */
  id: string;
  /** A URI of the one run. */
  invocation?: string;
  /** Where the sources come from. */
  source?: { uri: string; gitCommit: string };
}

export interface ProvenanceInput {
  builder: Builder;
  lockedApp: LockedApp;
  /** What the person gave: the manifest, relative, and the profile. */
  parameters: Readonly<Record<string, string>>;
  /** Of this package. */
  version: string;
}

/** What the parameters mean, and what was done with them. */
const buildType = "urn:pulumi-spin:push:v1";

export function slsaProvenance({ builder, lockedApp, parameters, version }: ProvenanceInput): object {
  const { id, invocation, source } = builder;
  return {
    buildDefinition: {
      buildType,
      externalParameters: sorted(parameters),
      resolvedDependencies: [
        ...(source === undefined ? [] : [{ uri: source.uri, digest: { gitCommit: source.gitCommit } }]),
        ...binaries(lockedApp),
      ],
    },
    runDetails: {
      builder: { id, version: { "pulumi-spin": version } },
      ...(invocation === undefined ? {} : { metadata: { invocationId: invocation } }),
    },
  };
}

/** The binaries that were packed: they were built before, and their digests say which they were. */
function binaries({ components }: LockedApp): object[] {
  const named = components.flatMap(({ id, source, dependencies = {}, trigger_dependencies: byRole = {} }) => [
    [id, source.digest] as const,
    ...Object.entries(dependencies).map(([name, it]) => [`${id}: ${name}`, it.source.digest] as const),
    ...Object.entries(byRole).flatMap(([role, list]) =>
      list.map((it) => [`${id}: ${role}`, it.source.digest] as const),
    ),
  ]);
  return named
    .flatMap(([name, digest]) =>
      digest === undefined ? [] : [{ name, digest: { sha256: digest.slice("sha256:".length) } }],
    )
    .sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.digest.sha256, b.digest.sha256));
}

function sorted(parameters: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => byCodeUnit(a, b)));
}
