import { fromHttpHosts } from "../manifest/http-hosts.ts";
import { templateVariables } from "../manifest/template.ts";
import type { Manifest, ManifestComponent } from "../manifest/types.ts";
import { isSpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";
import type { Capability } from "./types.ts";

export type Right = Omit<Capability, "component" | "via" | "profile">;

/** What a component itself may use. */
export function rightsOf(component: ManifestComponent, variables: Manifest["variables"]): Right[] {
  const {
    key_value_stores: stores = [],
    sqlite_databases: databases = [],
    ai_models: models = [],
  } = component;
  return [
    ...hostsOf(component).map((value): Right => ({ kind: "outbound-host", value })),
    ...stores.map((value): Right => ({ kind: "key-value-store", value })),
    ...databases.map((value): Right => ({ kind: "sqlite-database", value })),
    ...models.map((value): Right => ({ kind: "ai-model", value })),
    ...filesOf(component),
    ...Object.entries(component.variables ?? {}).map(([value, template]): Right => ({
      kind: "variable",
      value,
      template,
      ...(namesSecret(template, variables) ? { secret: true } : {}),
    })),
    ...Object.keys(component.environment ?? {}).map((value): Right => ({ kind: "environment", value })),
  ];
}

/** Application variables that a template names; none where it is no template at all. */
export function variablesIn(template: string): string[] {
  return orElse(() => templateVariables(template), []);
}

/** All entries, the deprecated ones in today's words; as they are written where they make no sense. */
export function hostsOf({
  allowed_outbound_hosts: hosts = [],
  allowed_http_hosts: old = [],
}: ManifestComponent): string[] {
  return [...new Set([...hosts, ...orElse(() => fromHttpHosts(old), old)].map((entry) => entry.trim()))];
}

function filesOf({ files = [], exclude_files: excluded = [] }: ManifestComponent): Right[] {
  const without = [...new Set(excluded)].sort(byCodeUnit);
  // Spin applies the exclusions to all but single files, which a manifest alone does not tell from folders.
  const exclusions = without.length === 0 ? {} : { without };
  return files.map((file) => ({
    kind: "file",
    ...(typeof file === "string" ? { value: file } : { value: file.source, destination: file.destination }),
    ...exclusions,
  }));
}

function namesSecret(template: string, variables: Manifest["variables"] = {}): boolean {
  return variablesIn(template).some(
    (name) => Object.hasOwn(variables, name) && variables[name]?.secret === true,
  );
}

function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (isSpinError(error)) return otherwise;
    throw error;
  }
}
