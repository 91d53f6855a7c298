/** A manifest as the definitions that resources hand to an `App`: what `manifestOf` makes a manifest of. */
import type {
  BuildCommands,
  ComponentBuild,
  Dependencies,
  DependencyDefinition,
  GrantDefinition,
  ProfileDefinition,
  RouteDefinition,
  TriggerDefinition,
  VariableDefinition,
} from "../definition.ts";
import type { AppParts, ComponentParts } from "./from-definition.ts";
import { outboundHostsOf } from "./http-hosts.ts";
import { type Lifted, liftInlineComponents } from "./normalize/inline-components.ts";
import { overlayProfile } from "./normalize/profile.ts";
import { giveTriggerIds } from "./normalize/trigger-ids.ts";
import type {
  Manifest,
  ManifestComponent,
  ManifestDependency,
  ManifestProfile,
  ManifestVariable,
} from "./types.ts";

/**
 * The parts of an application whose manifest this is, with a profile laid over it if one is named. A component inside a
 * trigger becomes one of its own. A secret variable has no default in them, as no resource takes one: it is required.
 */
export function partsOf(manifest: Manifest, profile?: string): AppParts {
  const {
    name,
    version = "",
    description,
    authors = [],
    targets,
    trigger: settings,
    tool,
  } = manifest.application;
  const lifted = liftInlineComponents({ ...manifest, trigger: giveTriggerIds(manifest.trigger) });
  const { component, trigger } =
    profile === undefined ? lifted : withoutProfiles(overlayProfile(lifted, profile));
  const triggers = withShortIds(trigger, manifest);
  const others = Object.entries(triggers).flatMap(([type, list]) =>
    type === "http" ? [] : list.map((it) => triggerFrom(type, it)),
  );
  const types = Object.keys(trigger);
  const routes = (triggers["http"] ?? []).map(routeFrom);
  return {
    name,
    version,
    authors,
    ...given({ description }),
    variables: Object.entries(manifest.variables ?? {}).map(([key, it]) => variableFrom(key, it)),
    components: Object.entries(component).map(([id, it]) => componentFrom(id, it)),
    routes,
    ...(others.length === 0 ? {} : { triggers: others }),
    ...given({ targets, triggerSettings: settings, tool } as Pick<
      AppParts,
      "targets" | "triggerSettings" | "tool"
    >),
    ...(isUsualOrder(types, trigger) ? {} : { triggerTypes: types }),
  };
}

/** http first, and no type without triggers. */
function isUsualOrder(types: readonly string[], triggers: Lifted["trigger"]): boolean {
  if (types.length === 1 && types[0] === "http") return true;
  return (
    types.indexOf("http") <= 0 && types.length > 0 && types.every((type) => triggers[type]?.length !== 0)
  );
}

function withoutProfiles(manifest: Lifted): Lifted {
  const component = Object.entries(manifest.component).map(([id, { profile: _profile, ...it }]) => [id, it]);
  return { ...manifest, component: Object.fromEntries(component) as Lifted["component"] };
}

/** Ids that Spin would give anyhow are left out. Where a component stood inside a trigger, it would give others. */
function withShortIds(
  lifted: Lifted["trigger"],
  { trigger: original }: Manifest,
): Record<string, AnyTrigger[]> {
  const without = (isKept: (type: string, index: number) => boolean): Record<string, AnyTrigger[]> =>
    Object.fromEntries(
      Object.entries(lifted).map(([type, list]) => [
        type,
        list.map(({ id, ...rest }, index) => (isKept(type, index) ? { id, ...rest } : rest)),
      ]),
    );
  const isOwn = (type: string, index: number): boolean => Boolean(original[type]?.[index]?.id);
  const isInline = (type: string, index: number): boolean =>
    typeof original[type]?.[index]?.component === "object";
  const tries = [
    isOwn,
    (type: string, index: number) => isOwn(type, index) || isInline(type, index),
    () => true,
  ];
  for (const isKept of tries) {
    const short = without(isKept);
    if (JSON.stringify(idsOf(giveTriggerIds(short))) === JSON.stringify(idsOf(lifted))) return short;
  }
  return lifted;
}

function idsOf(triggers: Record<string, { id: string }[]>): string[] {
  return Object.values(triggers).flatMap((list) => list.map(({ id }) => id));
}

function variableFrom(name: string, variable: ManifestVariable): VariableDefinition {
  const { description, required = false, secret = false } = variable;
  const value = secret ? undefined : variable.default;
  return {
    name,
    ...given({ default: value, description }),
    required: value === undefined ? true : required,
    secret,
  };
}

/** Whose id may be left to Spin. */
interface AnyTrigger {
  id?: string;
  component?: string;
  components?: Record<string, string | string[]>;
  dependencies?: Record<string, ManifestDependency[]>;
  [setting: string]: unknown;
}

function routeFrom(trigger: AnyTrigger): RouteDefinition {
  const { id, route, component, components, dependencies, static_response: response, executor } = trigger;
  const { status_code: statusCode, headers, body } = (response ?? {}) as Record<string, never>;
  return {
    ...given({ id }),
    route: route as RouteDefinition["route"],
    ...given({ component, components }),
    ...(response === undefined ? {} : { staticResponse: given({ statusCode, headers, body }) }),
    ...(dependencies?.["middleware"] === undefined
      ? {}
      : { middleware: dependencies["middleware"].map(dependencyFrom) }),
    ...given({ executor: executor as RouteDefinition["executor"] }),
  };
}

function triggerFrom(type: string, trigger: AnyTrigger): TriggerDefinition {
  const { id, component, components, dependencies, ...settings } = trigger;
  return {
    type,
    ...given({ id, component, components }),
    ...(dependencies === undefined
      ? {}
      : { dependencies: mapValues(dependencies, (list) => list.map(dependencyFrom)) }),
    ...(Object.keys(settings).length === 0
      ? {}
      : { settings: settings as TriggerDefinition["settings"] & object }),
  };
}

function componentFrom(id: string, component: ManifestComponent): ComponentParts {
  const { source, description, environment = {}, build, dependencies, profile, targets, tool } = component;
  const { exclude_files: excludeFiles, dependencies_inherit_configuration: inherits } = component;
  const grant: GrantDefinition = {
    allowedOutboundHosts: outboundHostsOf(component),
    keyValueStores: component.key_value_stores ?? [],
    sqliteDatabases: component.sqlite_databases ?? [],
    aiModels: component.ai_models ?? [],
    files: component.files ?? [],
    variables: component.variables ?? {},
  };
  const isGranted = Object.values(grant).some((it) => Object.keys(it).length > 0);
  return {
    id,
    ...given({ description }),
    source,
    ...(build === undefined ? {} : { build: buildFrom(build) }),
    environment,
    grants: isGranted ? [grant] : [],
    ...given({ excludeFiles, dependenciesInheritConfiguration: inherits, tool }),
    ...given({ targets: targets as ComponentParts["targets"] }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesFrom(dependencies) }),
    ...(profile === undefined ? {} : { profiles: mapValues(profile, profileFrom) }),
  };
}

function buildFrom({
  command,
  workdir,
  watch = [],
}: NonNullable<ManifestComponent["build"]>): ComponentBuild {
  return { ...commandsFrom(command), ...given({ workdir }), watch };
}

/** A list is several commands to Spin. */
function commandsFrom(command: string | string[]): BuildCommands {
  return typeof command === "string" ? { command } : { commands: command };
}

function profileFrom({ source, environment, dependencies, build }: ManifestProfile): ProfileDefinition {
  return {
    ...given({ source, environment }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesFrom(dependencies) }),
    ...(build === undefined ? {} : commandsFrom(build.command)),
  };
}

function dependenciesFrom(dependencies: Record<string, ManifestDependency>): Dependencies {
  return mapValues(dependencies, dependencyFrom);
}

function dependencyFrom(dependency: ManifestDependency): DependencyDefinition {
  if (typeof dependency === "string") return dependency;
  const { inherit_configuration: inherits, ...rest } = dependency;
  return { ...rest, ...given({ inheritConfiguration: inherits }) };
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
