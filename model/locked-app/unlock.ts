import type { Manifest, ManifestComponent, ManifestTrigger, ManifestVariable } from "../manifest/types.ts";
import type { LockedApp, LockedComponent, LockedTrigger } from "./types.ts";

/**
 * What a spin.toml would say for a locked application to mean the same, for reviews and inspections: its binaries are
 * known by digest, as content of `origin`. Builds, targets and tools are gone.
 */
export function unlockManifest(app: LockedApp, origin: string): Manifest {
  const { name, version, description, authors, triggers: settings } = app.metadata;
  const text = (key: string, value: unknown): object => (typeof value === "string" ? { [key]: value } : {});
  const trigger: Record<string, ManifestTrigger[]> = {};
  for (const it of app.triggers) (trigger[it.trigger_type] ??= []).push(triggerOf(it));
  return {
    spin_manifest_version: 2,
    application: {
      name: typeof name === "string" ? name : "",
      ...text("version", version),
      ...text("description", description),
      ...(Array.isArray(authors) ? { authors: authors.filter((it) => typeof it === "string") } : {}),
      ...(typeof settings === "object" && settings !== null
        ? { trigger: settings as NonNullable<Manifest["application"]["trigger"]> }
        : {}),
    },
    ...(app.variables === undefined ? {} : { variables: mapValues(app.variables, variableOf) }),
    trigger,
    component: Object.fromEntries(app.components.map((it) => [it.id, componentOf(it, origin)])),
  };
}

function variableOf(variable: NonNullable<LockedApp["variables"]>[string]): ManifestVariable {
  return variable.default === undefined ? { ...variable, required: true } : variable;
}

function triggerOf({ id, trigger_config: config }: LockedTrigger): ManifestTrigger {
  const { component, ...rest } = config;
  return { id, ...rest, ...(typeof component === "string" ? { component } : {}) };
}

function componentOf(component: LockedComponent, origin: string): ManifestComponent {
  const { source, metadata = {}, env, config, files = [], dependencies = {} } = component;
  const content = (digest = ""): { url: string; digest: string } => ({ url: origin, digest });
  const lists = {
    allowed_outbound_hosts: metadata.allowed_outbound_hosts,
    key_value_stores: metadata.key_value_stores,
    sqlite_databases: metadata.databases,
    ai_models: metadata.ai_models,
  };
  return {
    source: content(source.digest),
    ...(metadata.description === undefined ? {} : { description: metadata.description }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => Array.isArray(list) && list.length > 0)),
    ...(config === undefined ? {} : { variables: config }),
    ...(env === undefined ? {} : { environment: env }),
    ...(files.length === 0 ? {} : { files: mountsOf(files.map(({ path }) => path)) }),
    ...(Object.keys(dependencies).length === 0
      ? {}
      : {
          dependencies: mapValues(dependencies, ({ source: own, export: wanted, inherit }) => ({
            ...content(own.digest),
            ...(wanted === null ? {} : { export: wanted }),
            ...(inherit === undefined ? {} : { inherit_configuration: inherit === "All" || inherit.Some }),
          })),
        }),
  };
}

/** One mount for each folder or file at the top, since an artifact lists every file by itself. */
function mountsOf(paths: readonly string[]): { source: string; destination: string }[] {
  const tops = new Set(paths.map((path) => path.replace(/^\//, "").split("/")[0] ?? ""));
  return [...tops].map((top) => ({ source: top, destination: `/${top}` }));
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
