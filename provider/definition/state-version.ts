import { SpinError } from "../../model/errors/index.ts";
import { versionKey } from "./kept-keys.ts";
import type { Properties, ResourceDefinition } from "./resource.ts";

/** Stored outputs in the form of this package version, without their version; ERR_SPIN_STATE_NEWER for one it does not know. */
export function migrate({ token, migrations = [] }: ResourceDefinition, stored: Properties): Properties {
  const { [versionKey]: version = 0, ...outputs } = stored;
  if (version > migrations.length) {
    const message = `The state of this ${token.split(":").at(-1)} is of version ${version}; this pulumi-spin knows ${migrations.length}.`;
    throw new SpinError("ERR_SPIN_STATE_NEWER", message);
  }
  return migrations.slice(version).reduce((older, migration) => migration(older), outputs);
}

/** Outputs as they are stored: with their version, once a resource has more than one. */
export function stamp({ migrations = [] }: ResourceDefinition, outputs: Properties): Properties {
  return migrations.length === 0 ? outputs : { ...outputs, [versionKey]: migrations.length };
}
