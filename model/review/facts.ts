/** What decides who uses an application's rights, without being a right itself. */
import { byCodeUnit, canonicalJson } from "../json.ts";
import type { Lifted, LiftedTrigger } from "../manifest/normalize/inline-components.ts";
import type { ComponentSource, Manifest, ManifestComponent, ManifestDependency } from "../manifest/types.ts";
import { inAllForms } from "./forms.ts";
import { routeOf, triggerText } from "./reach.ts";
import { describeSource } from "./sources.ts";
import type { Capability, ChangeKind } from "./types.ts";

export interface Fact extends Pick<Capability, "component" | "via" | "profile"> {
  kind: ChangeKind;
  /** With component, kind and profile: what this is a fact of. */
  subject: string;
  /** For a reviewer; a list has an order. Nothing here may be a secret. */
  shown: string[];
  /** Never shown: differs when the fact does. */
  content: string;
  /** Where the binary is, for facts of one. */
  place?: ComponentSource | ManifestDependency;
}

/** Facts of the components and triggers, in all forms of the manifest. */
export function factsOf(manifest: Manifest): Fact[] {
  return inAllForms(manifest, (form) => [
    ...Object.entries(form.component).flatMap(([id, component]) => factsOfComponent(id, component)),
    ...Object.entries(form.trigger).flatMap(([type, triggers]) => [
      ...triggers.flatMap((trigger) => middlewareFact(type, trigger)),
      ...settingFacts(type, triggers, form),
    ]),
  ]);
}

function factsOfComponent(component: string, it: ManifestComponent): Fact[] {
  const { source, dependencies = {}, environment = {} } = it;
  return [
    { component, kind: "component", subject: "", shown: [component], content: "" },
    {
      component,
      kind: "source",
      subject: "",
      shown: [describeSource(source)],
      content: canonicalJson(source),
      place: source,
    },
    ...Object.entries(dependencies).map(([via, dependency]) => dependencyFact(component, via, dependency)),
    ...Object.entries(environment).map(([name, value]): Fact => ({
      component,
      kind: "environment",
      subject: name,
      shown: [name],
      content: value,
    })),
  ];
}

function dependencyFact(component: string, via: string, dependency: ManifestDependency): Fact {
  const text = typeof dependency === "string" ? `version ${dependency}` : describeSource(dependency);
  const content = canonicalJson(typeof dependency === "string" ? dependency : contentOf(dependency));
  return { component, via, kind: "dependency", subject: via, shown: [text], content, place: dependency };
}

/** What it inherits is told by the rights that it has. */
function contentOf({
  inherit_configuration: _inherits,
  ...rest
}: Exclude<ManifestDependency, string>): object {
  return rest;
}

/** Each trigger with what stands before its component, also where that is nothing: it may have been something. */
function middlewareFact(type: string, trigger: LiftedTrigger): Fact[] {
  const { component, dependencies = {} } = trigger;
  if (component === undefined) return [];
  const subject = type === "http" ? routeOf(trigger) : triggerText(type, trigger);
  const texts = Object.values(dependencies)
    .flat()
    .map((it) => (typeof it === "string" ? it : describeSource(it)));
  return [{ component, kind: "middleware", subject, shown: texts, content: "" }];
}

/** Of HTTP, routes are rights already; elsewhere any setting may say who calls, such as an address. */
function settingFacts(type: string, triggers: readonly LiftedTrigger[], form: Lifted): Fact[] {
  if (type === "http") return [];
  const all = form.application.trigger ?? {};
  const common = Object.hasOwn(all, type) ? all[type] : {};
  const groups = Map.groupBy(triggers, (trigger) =>
    canonicalJson([trigger.component ?? "", triggerText(type, trigger)]),
  );
  return [...groups.values()].map((group) => {
    const [first] = group;
    const text = first === undefined ? type : triggerText(type, first);
    const settings = group.map(({ id: _id, dependencies: _dependencies, ...rest }) => canonicalJson(rest));
    return {
      component: first?.component ?? "",
      kind: "trigger",
      subject: text,
      shown: [text],
      content: canonicalJson([settings.sort(byCodeUnit), common]),
    };
  });
}
