/** A locked application as the definition that an `App` would hand to a deployment. */
import type { AppDefinition, VariableDefinition } from "../definition.ts";
import { partsOf } from "../manifest/to-definition.ts";
import { lockedAppDigest } from "./lock-app.ts";
import type { LockedApp, LockedVariable } from "./types.ts";
import { unlockManifest } from "./unlock.ts";

/** What is known of a component's binary. */
export interface KnownBinary {
  /** Bytes. */
  size: number;
  /** WIT interfaces, sorted. */
  imports: readonly string[];
  exports: readonly string[];
}

/**
 * `binaries` by digest; one that is not there imports nothing, as far as anyone can tell. Reasons and owners of grants,
 * builds and the files' patterns are gone: an artifact does not have them.
 */
export function definitionOfLocked(
  lockedApp: LockedApp,
  binaries: ReadonlyMap<string, KnownBinary>,
  origin: string,
): AppDefinition {
  const parts = partsOf(unlockManifest(lockedApp, origin));
  const digests = new Map(lockedApp.components.map(({ id, source }) => [id, source.digest ?? ""]));
  return {
    ...parts,
    variables: Object.entries(lockedApp.variables ?? {}).map(([name, it]) => variableOf(name, it)),
    components: parts.components.map((component) => {
      const digest = digests.get(component.id) ?? "";
      const { size = 0, imports = [], exports = [] } = binaries.get(digest) ?? {};
      return { ...component, digest, size, imports: [...imports], exports: [...exports] };
    }),
    lockedApp,
    digest: lockedAppDigest(lockedApp),
  };
}

/** Unlike a program's, a secret of an artifact may have a default: then no deployment need give it a value. */
function variableOf(name: string, variable: LockedVariable): VariableDefinition {
  const { description, default: value, secret = false } = variable;
  return {
    name,
    ...(value === undefined ? {} : { default: value }),
    required: value === undefined,
    secret,
    ...(description === undefined ? {} : { description }),
  };
}
