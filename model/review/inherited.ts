/** What dependencies may do: of their parent's rights those that they inherit (crates/capabilities/src/lib.rs). */
import type { Lifted, LiftedTrigger } from "../manifest/normalize/inline-components.ts";
import type { ManifestComponent, ManifestDependency } from "../manifest/types.ts";
import type { Right } from "./rights.ts";
import { identityOf } from "./sources.ts";
import type { RightKind } from "./types.ts";

/** A dependency with what it may use of the rights of the component that it becomes part of. */
export interface Heir {
  component: string;
  via: string;
  inherits: (right: Right) => boolean;
}

/** Dependencies of components, then those of triggers, such as HTTP middleware. */
export function heirsOf(form: Lifted): Heir[] {
  const own = Object.entries(form.component).flatMap(([component, it]) =>
    Object.entries(it.dependencies ?? {}).map(([via, dependency]): Heir => ({
      component,
      via,
      inherits: inheritance(dependency, it),
    })),
  );
  const ofTriggers = Object.values(form.trigger).flatMap((triggers) => triggers.flatMap(heirsOfTrigger));
  return [...own, ...ofTriggers];
}

function heirsOfTrigger({ component, dependencies = {} }: LiftedTrigger): Heir[] {
  if (component === undefined) return [];
  return Object.entries(dependencies).flatMap(([role, list]) =>
    list.map((dependency): Heir => ({
      component,
      via: `${role} ${identityOf(dependency)}`,
      inherits: inheritance(dependency, {}),
    })),
  );
}

/** Nothing is inherited unless it is said; kinds that Spin does not know are ignored, as Spin does. */
function inheritance(
  dependency: ManifestDependency,
  { dependencies_inherit_configuration: all }: Pick<ManifestComponent, "dependencies_inherit_configuration">,
): Heir["inherits"] {
  const own = typeof dependency === "string" ? undefined : dependency.inherit_configuration;
  if (all === true || own === true) return () => true;
  const keys = new Set(Array.isArray(own) ? own : []);
  return ({ kind }) => keys.has(keyOf[kind] ?? "");
}

/** The kinds by their names in `inherit_configuration`. */
const keyOf: Partial<Record<RightKind, string>> = {
  "outbound-host": "allowed_outbound_hosts",
  "key-value-store": "key_value_stores",
  "sqlite-database": "sqlite_databases",
  "ai-model": "ai_models",
  file: "files",
  variable: "variables",
  environment: "environment",
};
