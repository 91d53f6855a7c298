import type {
  AppDefinition,
  BuildCommands,
  ComponentDefinition,
  Dependencies,
  DependencyDefinition,
  ProfileDefinition,
  RouteDefinition,
  TriggerDefinition,
  VariableDefinition,
} from "../definition.ts";
import type { Json } from "../json.ts";
import { mergeGrants } from "../capability/grants.ts";
import type {
  Manifest,
  ManifestComponent,
  ManifestDependency,
  ManifestProfile,
  ManifestTrigger,
  ManifestVariable,
} from "./types.ts";

/** Everything of an app that its manifest says; what the binaries decide is not among it. */
export type AppParts = Omit<AppDefinition, "components" | "lockedApp" | "digest"> & {
  components: ComponentParts[];
};

export type ComponentParts = Omit<ComponentDefinition, "digest" | "size" | "imports" | "exports">;

/** The application as spin.toml has it. */
export function manifestOf(app: AppParts): Manifest {
  const { name, version, description, authors, variables, components, targets, triggerSettings, tool } = app;
  return {
    spin_manifest_version: 2,
    application: {
      name,
      ...(version === "" ? {} : { version }),
      ...(description === undefined ? {} : { description }),
      ...(authors.length === 0 ? {} : { authors }),
      ...given({ targets, trigger: triggerSettings, tool }),
    },
    ...(variables.length === 0 ? {} : { variables: record(variables, variableOf) }),
    trigger: triggersOf(app),
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

/** By type, in the order of declaration; routes come first where nothing else is said. */
function triggersOf({ routes, triggers = [], triggerTypes }: AppParts): Manifest["trigger"] {
  const first = triggerTypes ?? (routes.length > 0 || triggers.length === 0 ? ["http"] : []);
  const types = new Map<string, ManifestTrigger[]>(first.map((type) => [type, []]));
  if (routes.length > 0) types.set("http", routes.map(routeTriggerOf));
  for (const trigger of triggers) {
    const list = types.get(trigger.type) ?? [];
    types.set(trigger.type, [...list, triggerOf(trigger)]);
  }
  return Object.fromEntries(types);
}

/** `[[trigger.http]]` as spin.toml has it. */
export function routeTriggerOf(definition: RouteDefinition): ManifestTrigger {
  const { route, staticResponse, middleware, executor, ...trigger } = definition;
  return {
    ...given({ route }),
    ...triggerOf({ type: "http", ...trigger, ...(middleware && { dependencies: { middleware } }) }),
    ...given({ executor }),
    ...(staticResponse === undefined ? {} : { static_response: staticResponseOf(staticResponse) }),
  };
}

/** `[[trigger.<type>]]` as spin.toml has it. */
export function triggerOf({
  id,
  component,
  components,
  dependencies,
  settings,
}: TriggerDefinition): ManifestTrigger {
  return {
    ...given({ id, component, components }),
    ...(dependencies === undefined
      ? {}
      : { dependencies: mapValues(dependencies, (list) => list.map(dependencyOf)) }),
    ...settings,
  };
}

function staticResponseOf({
  statusCode,
  headers,
  body,
}: NonNullable<RouteDefinition["staticResponse"]>): Json {
  return {
    ...(statusCode === undefined ? {} : { status_code: statusCode }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

/** `[component.<id>]` as spin.toml has it. */
export function componentOf(component: ComponentParts): ManifestComponent {
  const { source, description, environment, build, dependencies, profiles } = component;
  const { dependenciesInheritConfiguration: inherits, excludeFiles, targets, tool } = component;
  const grant = mergeGrants(component.grants);
  return {
    source,
    ...(description === undefined ? {} : { description }),
    ...unlessEmpty("variables", grant.variables),
    ...unlessEmpty("environment", environment),
    ...unlessEmpty("files", grant.files),
    ...given({ exclude_files: excludeFiles }),
    ...unlessEmpty("allowed_outbound_hosts", grant.allowedOutboundHosts),
    ...unlessEmpty("key_value_stores", grant.keyValueStores),
    ...unlessEmpty("sqlite_databases", grant.sqliteDatabases),
    ...unlessEmpty("ai_models", grant.aiModels),
    ...given({ targets }),
    ...(build === undefined ? {} : { build: buildOf(build) }),
    ...given({ tool, dependencies_inherit_configuration: inherits }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesOf(dependencies) }),
    ...(profiles === undefined ? {} : { profile: mapValues(profiles, profileOf) }),
  };
}

function buildOf({
  workdir,
  watch,
  ...commands
}: NonNullable<ComponentDefinition["build"]>): NonNullable<ManifestComponent["build"]> {
  return {
    command: commandOf(commands),
    ...(workdir === undefined ? {} : { workdir }),
    ...(watch.length === 0 ? {} : { watch }),
  };
}

export function profileOf({
  source,
  environment,
  dependencies,
  ...commands
}: ProfileDefinition): ManifestProfile {
  const isBuilt = commands.command !== undefined || commands.commands !== undefined;
  return {
    ...given({ source, environment }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesOf(dependencies) }),
    ...(isBuilt ? { build: { command: commandOf(commands) } } : {}),
  };
}

export function dependenciesOf(dependencies: Dependencies): Record<string, ManifestDependency> {
  return mapValues(dependencies, dependencyOf);
}

export function dependencyOf(dependency: DependencyDefinition): ManifestDependency {
  if (typeof dependency === "string") return dependency;
  const { inheritConfiguration: inherits, ...rest } = dependency;
  return { ...rest, ...given({ inherit_configuration: inherits }) };
}

/** Spin runs build commands through a shell; the words of a program become one. */
function commandOf({ command = [], commands }: BuildCommands): string | string[] {
  if (commands !== undefined) return commands;
  if (typeof command === "string") return command;
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");
}

function mapValues<V, W>(record: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Members that have a value. */
function given<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

function unlessEmpty<K extends string, V extends object>(key: K, value: V): { [P in K]?: V } {
  return Object.keys(value).length === 0 ? {} : ({ [key]: value } as { [P in K]?: V });
}
