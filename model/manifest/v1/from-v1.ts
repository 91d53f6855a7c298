/** Version 1 as version 2, as Spin converts it in memory (crates/manifest/src/compat.rs). */
import { fromHttpHosts } from "../http-hosts.ts";
import { kebabProblem } from "../identifiers.ts";
import type { Manifest, ManifestComponent, ManifestTrigger, ManifestVariable } from "../types.ts";

/** Parsed TOML of version 1, of the right shape: see `v1ShapeIssues`. */
export function fromV1(data: Record<string, unknown>): Manifest {
  const {
    name,
    version,
    description,
    authors,
    trigger,
    variables,
    component: list = [],
  } = data as unknown as V1;
  const { type, ...settings } = trigger;
  // The last of equal ids wins, at the place of the first, and both triggers lead to it.
  const components = new Map(list.map((it) => [componentId(it.id), componentOf(it)]));
  const triggers = list.map((it): ManifestTrigger => {
    const id = componentId(it.id);
    // Spin puts the component's id over one that stands in the settings.
    const { component: _component, ...own } = it.trigger;
    return { id: `trigger-${id}`, component: id, ...own };
  });
  return {
    spin_manifest_version: 2,
    application: {
      name,
      ...(version === undefined ? {} : { version }),
      ...(description === undefined ? {} : { description }),
      ...(authors === undefined ? {} : { authors }),
      trigger: { [type]: settings as Record<string, never> },
    },
    ...(variables === undefined ? {} : { variables }),
    trigger: triggers.length === 0 ? {} : { [type]: triggers },
    ...(components.size === 0 ? {} : { component: Object.fromEntries(components) }),
  };
}

interface V1 {
  name: string;
  version?: string;
  description?: string;
  authors?: string[];
  trigger: { type: string; [setting: string]: unknown };
  variables?: Record<string, ManifestVariable>;
  component?: V1Component[];
}

type V1Component = Pick<
  ManifestComponent,
  | "source"
  | "description"
  | "environment"
  | "files"
  | "exclude_files"
  | "allowed_http_hosts"
  | "allowed_outbound_hosts"
  | "key_value_stores"
  | "sqlite_databases"
  | "ai_models"
  | "build"
> & { id: string; trigger: Record<string, unknown>; config?: Record<string, string> };

/** Underscores and capitals were common; an id that is fine stays. */
export function componentId(id: string): string {
  return kebabProblem(id) === undefined ? id : id.replaceAll("_", "-").toLowerCase();
}

function componentOf(component: V1Component): ManifestComponent {
  const {
    id: _id,
    trigger: _trigger,
    config,
    allowed_http_hosts: old = [],
    allowed_outbound_hosts: hosts,
    ...others
  } = component;
  const allowed = [...(hosts ?? databases), ...fromHttpHosts(old)];
  return {
    ...others,
    ...(config === undefined ? {} : { variables: config }),
    ...(allowed.length === 0 ? {} : { allowed_outbound_hosts: allowed }),
  };
}

/** Before there were allowed outbound hosts, databases could be reached by everyone. */
export const databases = ["redis://*:*", "mysql://*:*", "postgres://*:*"];
