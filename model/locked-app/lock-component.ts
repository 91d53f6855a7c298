import { parseAllowedHost } from "../capability/allowed-hosts.ts";
import { isServiceChaining } from "../capability/service-chaining.ts";
import { isSpinError } from "../errors/index.ts";
import { byDependencyName } from "../manifest/dependency-name.ts";
import { outboundHostsOf } from "../manifest/http-hosts.ts";
import type { NormalComponent, ResolvedDependency } from "../manifest/normalize/index.ts";
import type { ContentResolver } from "./content.ts";
import { sorted, sortedRecord, unlessEmpty } from "./sorted.ts";
import type { LockedComponent, LockedDependency } from "./types.ts";

export function lockComponent(
  id: string,
  component: NormalComponent,
  content: ContentResolver,
): LockedComponent {
  const { environment = {}, variables = {}, dependencies = {} } = component;
  const locked = Object.entries(dependencies).map(([name, dependency]): [string, LockedDependency] => [
    name,
    lockDependency(name, dependency, content),
  ]);
  return {
    id,
    ...unlessEmpty("metadata", metadataOf(component)),
    source: { content_type: "application/wasm", ...content.component(id, component) },
    ...unlessEmpty("env", sortedRecord(Object.entries(environment))),
    ...unlessEmpty("files", content.files(id, component)),
    ...unlessEmpty("config", sortedRecord(Object.entries(variables))),
    ...unlessEmpty("dependencies", sortedRecord(locked, byDependencyName)),
    ...(needsChaining(component)
      ? { host_requirements: { local_service_chaining: "required" as const } }
      : {}),
  };
}

/** Dependencies of a trigger, by role. */
export function lockDependencies(
  dependencies: Record<string, ResolvedDependency[]>,
  content: ContentResolver,
): Record<string, LockedDependency[]> {
  return sortedRecord(
    Object.entries(dependencies).map(([role, list]) => [
      role,
      list.map((dependency) => lockDependency("", dependency, content)),
    ]),
  );
}

function lockDependency(
  name: string,
  dependency: ResolvedDependency,
  content: ContentResolver,
): LockedDependency {
  const { export: wanted = null, inherit_configuration: inherit = false } =
    typeof dependency === "string" ? {} : dependency;
  const kinds = Array.isArray(inherit) ? inherit : [];
  return {
    source: { content_type: "application/wasm", ...content.dependency(name, dependency) },
    export: wanted,
    ...(inherit === true
      ? { inherit: "All" as const }
      : kinds.length > 0
        ? { inherit: { Some: kinds } }
        : {}),
  };
}

/** Empty texts and lists are left out, keys are sorted. */
function metadataOf(component: NormalComponent): NonNullable<LockedComponent["metadata"]> {
  const { build } = component;
  return sorted({
    ...unlessEmpty("ai_models", component.ai_models),
    ...unlessEmpty("allowed_outbound_hosts", outboundHostsOf(component)),
    ...(build === undefined
      ? {}
      : {
          build: {
            command: build.command,
            ...unlessEmpty("watch", build.watch),
            ...(build.workdir === undefined ? {} : { workdir: build.workdir }),
          },
        }),
    ...unlessEmpty("databases", component.sqlite_databases),
    ...unlessEmpty("description", component.description),
    ...unlessEmpty("key_value_stores", component.key_value_stores),
  }) as NonNullable<LockedComponent["metadata"]>;
}

/** Templates are not looked into, as in Spin: what they become is known at run time only. */
function needsChaining(component: NormalComponent): boolean {
  return outboundHostsOf(component).some((entry) => {
    try {
      return isServiceChaining(parseAllowedHost(entry));
    } catch (error) {
      if (isSpinError(error)) return false;
      throw error;
    }
  });
}
