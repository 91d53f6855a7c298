import { createHash } from "node:crypto";
import { parseAllowedHost } from "../capability/allowed-hosts.ts";
import { isServiceChaining } from "../capability/service-chaining.ts";
import type { AppDefinition, ComponentDefinition, FileMount } from "../definition.ts";
import { isSpinError } from "../errors/index.ts";
import { byCodeUnit, canonicalJson, type Json } from "../json.ts";
import { manifestOf } from "../manifest/from-definition.ts";
import type { ManifestComponent, ManifestVariable } from "../manifest/types.ts";
import type { LockedApp, LockedComponent, LockedVariable } from "./types.ts";
import { lockTriggers } from "./lock-triggers.ts";

/**
 * The app as Spin locks it (crates/loader/src/local.rs), each source by digest. No origin and no absolute path, so that
 * equal apps lock to equal bytes.
 */
export function lockApp(app: Omit<AppDefinition, "lockedApp" | "digest">): LockedApp {
  const manifest = manifestOf(app);
  const components = app.components.map((component) =>
    lockComponent(component, manifest.component?.[component.id]),
  );
  const { name, version, description, authors } = manifest.application;
  const hasRequirements = components.some(({ host_requirements }) => host_requirements !== undefined);
  const variables = Object.entries(manifest.variables ?? {});
  const types = Object.keys(manifest.trigger);
  return {
    spin_lock_version: hasRequirements ? 1 : 0,
    ...(hasRequirements ? { must_understand: ["component_host_requirements"] } : {}),
    // Spin keeps these as JSON objects with sorted keys.
    metadata: {
      ...unlessEmpty("authors", authors),
      ...unlessEmpty("description", description),
      ...unlessEmpty("name", name),
      ...(types.length === 1 ? { trigger: { type: types[0] ?? "" } } : {}),
      triggers: {},
      ...unlessEmpty("version", version),
    },
    ...(variables.length === 0
      ? {}
      : { variables: sortedRecord(variables.map(([key, it]) => [key, lockVariable(it)])) }),
    triggers: Object.entries(manifest.trigger).flatMap(([type, triggers]) => lockTriggers(type, triggers)),
    components,
  };
}

/** `sha256:<hex>` of the canonical JSON. */
export function lockedAppDigest(lockedApp: LockedApp | { [key: string]: Json }): string {
  return `sha256:${createHash("sha256").update(canonicalJson(lockedApp)).digest("hex")}`;
}

/** A variable without a default is required; the locked form does not say it again. */
function lockVariable({ description, secret, ...rest }: ManifestVariable): LockedVariable {
  return {
    ...(description === undefined ? {} : { description }),
    ...(rest.default === undefined ? {} : { default: rest.default }),
    ...(secret === true ? { secret } : {}),
  };
}

function lockComponent(
  { id, digest }: ComponentDefinition,
  manifest: ManifestComponent = { source: "" },
): LockedComponent {
  const { environment = {}, files = [], variables = {} } = manifest;
  const metadata = lockMetadata(manifest);
  return {
    id,
    ...unlessEmpty("metadata", metadata),
    source: { content_type: "application/wasm", digest },
    ...unlessEmpty("env", sortedRecord(Object.entries(environment))),
    ...unlessEmpty("files", files.filter((it) => typeof it !== "string").map(lockFiles)),
    ...unlessEmpty("config", sortedRecord(Object.entries(variables))),
    ...(needsChaining(manifest)
      ? { host_requirements: { local_service_chaining: "required" as const } }
      : {}),
  };
}

/** Empty texts and lists are left out, keys are sorted. */
function lockMetadata(manifest: ManifestComponent): NonNullable<LockedComponent["metadata"]> {
  const { build } = manifest;
  const sortedBuild = build && {
    command: build.command,
    ...unlessEmpty("watch", build.watch),
    ...unlessEmpty("workdir", build.workdir),
  };
  return {
    ...unlessEmpty("ai_models", manifest.ai_models),
    ...unlessEmpty("allowed_outbound_hosts", manifest.allowed_outbound_hosts),
    ...(sortedBuild === undefined ? {} : { build: sortedBuild }),
    ...unlessEmpty("databases", manifest.sqlite_databases),
    ...unlessEmpty("description", manifest.description),
    ...unlessEmpty("key_value_stores", manifest.key_value_stores),
  };
}

/** Where files go, by the path they come from: their content is not part of a definition. */
function lockFiles({ source, destination }: FileMount): { source: string; path: string } {
  return { source, path: destination.startsWith("/") ? destination : `/${destination}` };
}

/** Templates are not looked into, as in Spin: what they become is known at run time only. */
function needsChaining({ allowed_outbound_hosts = [] }: ManifestComponent): boolean {
  return allowed_outbound_hosts.some((entry) => {
    try {
      return isServiceChaining(parseAllowedHost(entry));
    } catch (error) {
      if (isSpinError(error)) return false;
      throw error;
    }
  });
}

function sortedRecord<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => byCodeUnit(a, b)));
}

function unlessEmpty<K extends string, V extends string | object>(
  key: K,
  value: V | undefined,
): { [P in K]?: V } {
  const isEmpty =
    value === undefined || (typeof value === "string" ? value : Object.keys(value)).length === 0;
  return isEmpty ? {} : ({ [key]: value } as { [P in K]?: V });
}
