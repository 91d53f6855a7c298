import type { Lifted } from "../manifest/normalize/inline-components.ts";
import type { Manifest } from "../manifest/types.ts";
import { byCodeUnit, canonicalJson } from "../json.ts";
import { inAllForms } from "./forms.ts";
import { heirsOf } from "./inherited.ts";
import { reachOf } from "./reach.ts";
import { rightsOf } from "./rights.ts";
import type { Capability } from "./types.ts";

/**
 * All that an application may do by its manifest, what its dependencies inherit and who may call it included. Sorted and
 * without repeats, so that order and spelling of the manifest are no difference. Never throws: what makes no sense is
 * listed as it is written.
 */
export function manifestCapabilities(manifest: Manifest): Capability[] {
  const found = inAllForms(manifest, (form) => [...grantedBy(form), ...reachOf(form)]);
  const keyed = new Map(found.map((it) => [sortKey(it), it]));
  return [...keyed].sort(([a], [b]) => byCodeUnit(a, b)).map(([, it]) => it);
}

function grantedBy(form: Lifted): Capability[] {
  const rights = new Map(
    Object.entries(form.component).map(([id, component]) => [id, rightsOf(component, form.variables)]),
  );
  const own = [...rights].flatMap(([component, list]) => list.map((right) => ({ component, ...right })));
  const inherited = heirsOf(form).flatMap(({ component, via, inherits }) =>
    (rights.get(component) ?? []).filter(inherits).map((right) => ({ component, via, ...right })),
  );
  return [...own, ...inherited];
}

/** Different for capabilities that differ. */
function sortKey(it: Capability): string {
  const { component, via = "", profile = "", kind, value } = it;
  return [component, via, profile, kind, value, canonicalJson(it)].join("\0");
}
