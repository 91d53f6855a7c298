import type {
  AppDefinition,
  ComponentDefinition,
  RouteDefinition,
  VariableDefinition,
} from "../definition.ts";
import type { Json } from "../json.ts";
import { mergeGrants } from "../capability/grants.ts";
import type { Manifest, ManifestComponent, ManifestTrigger, ManifestVariable } from "./types.ts";

/** Everything of an app that its manifest says; what the binaries decide is not among it. */
export type AppParts = Pick<
  AppDefinition,
  "name" | "version" | "description" | "authors" | "variables" | "routes"
> & {
  components: Omit<ComponentDefinition, "digest" | "size" | "imports" | "exports">[];
};

/** The application as spin.toml has it. */
export function manifestOf(app: AppParts): Manifest {
  const { name, version, description, authors, variables, components, routes } = app;
  return {
    spin_manifest_version: 2,
    application: {
      name,
      ...(version === "" ? {} : { version }),
      ...(description === undefined ? {} : { description }),
      ...(authors.length === 0 ? {} : { authors }),
    },
    ...(variables.length === 0 ? {} : { variables: record(variables, variableOf) }),
    trigger: { http: routes.map(triggerOf) },
    ...(components.length === 0
      ? {}
      : { component: Object.fromEntries(components.map((it) => [it.id, componentOf(it)])) }),
  };
}

function record(
  variables: VariableDefinition[],
  value: (it: VariableDefinition) => ManifestVariable,
): Record<string, ManifestVariable> {
  return Object.fromEntries(variables.map((it) => [it.name, value(it)]));
}

function variableOf({ description, required, secret, ...rest }: VariableDefinition): ManifestVariable {
  return {
    ...(description === undefined ? {} : { description }),
    ...(rest.default === undefined ? {} : { default: rest.default }),
    ...(required ? { required } : {}),
    ...(secret ? { secret } : {}),
  };
}

function triggerOf({ route, component, staticResponse }: RouteDefinition): ManifestTrigger {
  return {
    route,
    ...(component === undefined ? {} : { component }),
    ...(staticResponse === undefined ? {} : { static_response: staticResponseOf(staticResponse) }),
  };
}

function staticResponseOf({
  statusCode,
  headers,
  body,
}: NonNullable<RouteDefinition["staticResponse"]>): Json {
  return {
    status_code: statusCode,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

function componentOf(component: AppParts["components"][number]): ManifestComponent {
  const { source, description, environment, build } = component;
  const grant = mergeGrants(component.grants);
  return {
    source,
    ...(description === undefined ? {} : { description }),
    ...unlessEmpty("variables", grant.variables),
    ...unlessEmpty("environment", environment),
    ...unlessEmpty("files", grant.files),
    ...unlessEmpty("allowed_outbound_hosts", grant.allowedOutboundHosts),
    ...unlessEmpty("key_value_stores", grant.keyValueStores),
    ...unlessEmpty("sqlite_databases", grant.sqliteDatabases),
    ...unlessEmpty("ai_models", grant.aiModels),
    ...(build === undefined ? {} : { build: buildOf(build) }),
  };
}

function buildOf({
  command,
  workdir,
  watch,
}: NonNullable<ComponentDefinition["build"]>): NonNullable<ManifestComponent["build"]> {
  return {
    command: shellCommand(command),
    ...(workdir === undefined || workdir === "." ? {} : { workdir }),
    ...(watch.length === 0 ? {} : { watch }),
  };
}

/** Spin runs a build command through a shell; ours is a list of words. */
function shellCommand(command: string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");
}

function unlessEmpty<K extends string, V extends object>(key: K, value: V): { [P in K]?: V } {
  return Object.keys(value).length === 0 ? {} : ({ [key]: value } as { [P in K]?: V });
}
