import { nearest } from "../../did-you-mean.ts";
import { type Issue, issue } from "../../errors/index.ts";
import { kebabProblem } from "../../manifest/identifiers.ts";
import type { Manifest } from "../../manifest/types.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import { httpTriggerIssues, repeatedRouteIssues } from "./http-trigger.ts";
import { type PlacedTrigger, triggersOf } from "./places.ts";
import { type KnownVariables, settingIssues } from "./settings.ts";

export function triggerIssues(manifest: Manifest): Issue[] {
  const triggers = triggersOf(manifest);
  const components = Object.keys(manifest.component ?? {});
  return [
    ...repeatedIds(triggers),
    ...triggers.flatMap((placed) => [
      ...referenceIssues(placed, manifest, components),
      ...typeIssues(placed, manifest),
    ]),
    ...repeatedRouteIssues(triggers.filter(({ type }) => type === "http")),
  ];
}

/** Types that Spin itself has know their settings; others are judged by their plugins. */
function typeIssues({ type, trigger, path }: PlacedTrigger, manifest: Manifest): Issue[] {
  if (type === "http") return httpTriggerIssues(trigger, path);
  if (type !== "redis") return [];
  const { id: _id, component, components: _roles, dependencies: _dependencies, ...settings } = trigger;
  const hasCommonAddress = Object.hasOwn(manifest.application.trigger ?? {}, "redis");
  return [
    ...(component === undefined ? [withoutComponent(path)] : []),
    ...redisSettingIssues(settings, path, hasCommonAddress, manifest.variables),
  ];
}

export function redisSettingIssues(
  settings: Record<string, unknown>,
  path: string,
  hasCommonAddress: boolean,
  variables: KnownVariables,
): Issue[] {
  const address = hasCommonAddress ? "template" : "template!";
  return settingIssues(settings, path, { channel: "template!", address }, variables);
}

export function withoutComponent(path: string, title = path): Issue {
  return issue("ERR_SPIN_TRIGGER_COMPONENT", path, `${title} has no component, which Spin requires.`, {
    hint: 'Add component = "<id>".',
  });
}

export function repeatedIds(triggers: readonly Pick<PlacedTrigger, "trigger" | "path">[]): Issue[] {
  const first = new Map<string, string>();
  return triggers.flatMap(({ trigger: { id }, path }) => {
    if (id === undefined || id === "") return [];
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, path);
    if (earlier === undefined) return [];
    return [
      issue("ERR_SPIN_TRIGGER_ID", `${path}.id`, `The trigger id "${id}" is already taken by ${earlier}.`),
    ];
  });
}

/** References to components, where they stand. */
export function references({
  trigger,
  path,
}: Pick<PlacedTrigger, "trigger" | "path">): [id: string, path: string][] {
  const roles = Object.entries(trigger.components ?? {}).flatMap(([role, specs]) =>
    [specs].flat().map((spec, index): [unknown, string] => {
      const at = pathTo(pathTo(path, "components"), role);
      return [spec, Array.isArray(specs) ? pathAt(at, index) : at];
    }),
  );
  return [[trigger.component, pathTo(path, "component")] as [unknown, string], ...roles].flatMap(
    ([spec, at]) => (typeof spec === "string" ? [[spec, at] as [string, string]] : []),
  );
}

export function referenceIssues(
  placed: Pick<PlacedTrigger, "trigger" | "path">,
  { component = {} }: Pick<Manifest, "component">,
  components: readonly string[] = Object.keys(component),
): Issue[] {
  return references(placed).flatMap(([id, path]) => {
    if (Object.hasOwn(component, id)) return [];
    const problem = kebabProblem(id);
    if (problem !== undefined)
      return [issue("ERR_SPIN_COMPONENT_ID", path, `The component id "${id}" ${problem}.`)];
    const guess = nearest(id, components);
    const message = `The trigger leads to the component "${id}", which the application does not have.`;
    const hint = guess === undefined ? {} : { hint: `Did you mean "${guess}"?` };
    return [issue("ERR_SPIN_TRIGGER_COMPONENT", path, message, hint)];
  });
}

/** Components that no trigger and no dependency names. Spin loads them and never runs them. */
export function reachIssues(manifest: Manifest): Issue[] {
  const components = manifest.component ?? {};
  const named = new Set([
    ...triggersOf(manifest).flatMap((placed) => references(placed).map(([id]) => id)),
    ...[
      ...Object.values(components).flatMap((it) => Object.values(it.dependencies ?? {})),
      ...triggersOf(manifest).flatMap(({ trigger }) => Object.values(trigger.dependencies ?? {}).flat()),
    ].flatMap((it) => (typeof it === "object" && "component" in it ? [it.component] : [])),
  ]);
  return Object.keys(components)
    .filter((id) => !named.has(id))
    .map((id) =>
      issue(
        "ERR_SPIN_COMPONENT_UNREACHED",
        pathTo("component", id),
        `No trigger leads to the component "${id}", so it would never run.`,
        {
          severity: "warning",
          hint: "Add a trigger (route = { private = true } when only other components call it), or remove it.",
        },
      ),
    );
}
