import { createHash } from "node:crypto";
import type { AppDefinition, ComponentDefinition } from "../definition.ts";
import { canonicalJson, type Json } from "../json.ts";
import { manifestOf } from "../manifest/from-definition.ts";
import type { ManifestComponent, ManifestTrigger } from "../manifest/types.ts";
import type { LockedApp, LockedComponent, LockedTrigger, LockedVariable } from "./types.ts";

/** The app as Spin locks it, each source by digest; no origin and no absolute path, so equal apps lock to equal bytes. */
export function lockApp(app: Omit<AppDefinition, "lockedApp" | "digest">): LockedApp {
  const manifest = manifestOf(app);
  const components = app.components.map((component) => lockComponent(component, manifest.component?.[component.id]));
  const { name, version, description, authors } = manifest.application;
  const needsMore = components.some(({ host_requirements }) => host_requirements !== undefined);
  const variables = Object.entries(manifest.variables ?? {});
  return {
    spin_lock_version: needsMore ? 1 : 0,
    ...(needsMore ? { must_understand: ["component_host_requirements"] } : {}),
    metadata: {
      ...(authors === undefined ? {} : { authors }),
      ...(description === undefined ? {} : { description }),
      name,
      trigger: { type: "http" },
      triggers: { http: {} },
      ...(version === undefined ? {} : { version }),
    },
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables.map(([key, value]) => [key, lockVariable(value)])) }),
    triggers: lockTriggers(manifest.trigger["http"] ?? []),
    components,
  };
}

/** `sha256:<hex>` of the canonical JSON: what runs, whatever order its parts were declared in. */
export function lockedAppDigest(lockedApp: LockedApp | { [key: string]: Json }): string {
  return `sha256:${createHash("sha256").update(canonicalJson(lockedApp)).digest("hex")}`;
}

/** A variable without a default is required; the locked form does not say it again. */
function lockVariable({ description, secret, ...rest }: NonNullable<LockedVariable>): LockedVariable {
  return {
    ...(description === undefined ? {} : { description }),
    ...(rest.default === undefined ? {} : { default: rest.default }),
    ...(secret === true ? { secret } : {}),
  };
}

/** Ids as Spin gives them: after the component while that is free, else numbered. */
function lockTriggers(triggers: ManifestTrigger[]): LockedTrigger[] {
  const taken = new Set<string>();
  let counter = 0;
  return triggers.map(({ id, ...config }) => {
    const named = config.component === undefined ? undefined : `${config.component}-http-trigger`;
    let chosen = id ?? named;
    while (chosen === undefined || taken.has(chosen)) chosen = `http-trigger${++counter}`;
    taken.add(chosen);
    return { id: chosen, trigger_type: "http", trigger_config: config as { [key: string]: Json } };
  });
}

function lockComponent({ id, digest }: ComponentDefinition, manifest: ManifestComponent = { source: "" }): LockedComponent {
  const { description, allowed_outbound_hosts, key_value_stores, sqlite_databases, ai_models, build } = manifest;
  const chains = allowed_outbound_hosts?.some((host) => /:\/\/[^/]*\.spin\.internal(:|\/|$)/.test(host)) ?? false;
  return {
    id,
    metadata: {
      ...(description === undefined ? {} : { description }),
      ...(allowed_outbound_hosts === undefined ? {} : { allowed_outbound_hosts }),
      ...(key_value_stores === undefined ? {} : { key_value_stores }),
      ...(sqlite_databases === undefined ? {} : { databases: sqlite_databases }),
      ...(ai_models === undefined ? {} : { ai_models }),
      ...(build === undefined ? {} : { build: build as { [key: string]: Json } }),
    },
    source: { content_type: "application/wasm", digest },
    ...(manifest.environment === undefined ? {} : { env: manifest.environment }),
    ...(manifest.files === undefined ? {} : { files: manifest.files as { [key: string]: Json }[] }),
    ...(manifest.variables === undefined ? {} : { config: manifest.variables }),
    ...(chains ? { host_requirements: { local_service_chaining: "required" as const } } : {}),
  };
}
