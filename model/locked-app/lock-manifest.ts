import type { NormalManifest } from "../manifest/normalize/index.ts";
import type { ManifestVariable } from "../manifest/types.ts";
import type { ContentResolver } from "./content.ts";
import { lockComponent, lockDependencies } from "./lock-component.ts";
import { moveTriggerDependencies } from "./trigger-dependencies.ts";
import type { LockedApp, LockedTrigger, LockedVariable } from "./types.ts";
import { sorted, sortedRecord, unlessEmpty } from "./sorted.ts";

export interface LockOptions {
  /** The manifest's `file:` URL. Left out where equal apps shall lock to equal bytes. */
  origin?: string;
  /** The profile that was chosen, for the record. */
  profile?: string;
}

/** The application as Spin locks it (crates/loader/src/local.rs): members, order and omissions are Spin's. */
export function lockManifest(
  manifest: NormalManifest,
  content: ContentResolver,
  options: LockOptions = {},
): LockedApp {
  const components = Object.entries(manifest.component).map(([id, component]) =>
    lockComponent(id, component, content),
  );
  const triggers = Object.entries(manifest.trigger).flatMap(([type, list]) =>
    list.map((trigger) => lockTrigger(type, trigger, content)),
  );
  const parts = moveTriggerDependencies({ triggers, components });
  const hasRequirements = parts.components.some((it) => it.host_requirements !== undefined);
  const variables = Object.entries(manifest.variables ?? {});
  return {
    spin_lock_version: hasRequirements ? 1 : 0,
    ...(hasRequirements ? { must_understand: ["component_host_requirements"] } : {}),
    metadata: metadataOf(manifest, options),
    ...(variables.length === 0
      ? {}
      : { variables: sortedRecord(variables.map(([key, it]) => [key, lockVariable(it)])) }),
    ...parts,
  };
}

/** `trigger` repeats the settings of the only type there is, for old readers. */
function metadataOf(
  { application, trigger }: NormalManifest,
  { origin, profile }: LockOptions,
): LockedApp["metadata"] {
  const { name, version, description, authors, trigger: settings = {} } = application;
  const [type = "", ...others] = Object.keys(trigger);
  const isOnly = type !== "" && others.length === 0;
  return sorted({
    ...unlessEmpty("authors", authors),
    ...unlessEmpty("description", description),
    ...unlessEmpty("name", name),
    ...(origin === undefined ? {} : { origin }),
    ...(profile === undefined ? {} : { profile }),
    ...(isOnly ? { trigger: { ...(Object.hasOwn(settings, type) ? settings[type] : {}), type } } : {}),
    triggers: settings,
    ...unlessEmpty("version", version),
  }) as LockedApp["metadata"];
}

/** A variable without a default is required; the locked form does not say it again. */
function lockVariable({ description, secret, ...rest }: ManifestVariable): LockedVariable {
  return {
    ...(description === undefined ? {} : { description }),
    ...(rest.default === undefined ? {} : { default: rest.default }),
    ...(secret === true ? { secret } : {}),
  };
}

/** Which components play which role stays out of the locked form, as in Spin. */
function lockTrigger(
  type: string,
  { id, components: _roles, dependencies = {}, ...settings }: NormalManifest["trigger"][string][number],
  content: ContentResolver,
): LockedTrigger {
  return {
    id,
    trigger_type: type,
    trigger_config: sorted(settings) as LockedTrigger["trigger_config"],
    ...unlessEmpty("trigger_dependencies", lockDependencies(dependencies, content)),
  };
}
