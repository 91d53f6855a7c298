import { covers } from "../../capability/index.ts";
import { type Issue, issue } from "../../errors/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import { hostOf } from "../../review/inclusion.ts";
import { pathAt } from "../../toml/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";
import { openPartsOf } from "../open-parts.ts";

/** Hosts that another entry allows already, and labels that stand twice. */
export const redundantGrants: Check = ({ manifest }) =>
  partsOf(manifest).flatMap(({ component, path }) => {
    const found: Redundancy[] = [
      ...redundantHosts(component.allowed_outbound_hosts ?? [], `${path}.allowed_outbound_hosts`),
      ...(["key_value_stores", "sqlite_databases", "ai_models"] as const).flatMap((key) =>
        repeated(component[key] ?? [], `${path}.${key}`),
      ),
    ];
    return found.map(({ isByWide = false, ...it }) =>
      findingOf(it, {
        why: "Whoever removes one of them later believes that the right is gone, and it is not.",
        ...(isByWide ? {} : { fix: { title: `remove ${it.path}`, edits: [{ remove: it.path }] } }),
      }),
    );
  });

/** `isByWide`: what includes it is too wide itself, so that it is the other one that should go. */
type Redundancy = Issue & { isByWide?: boolean };

/** Of entries that allow the same, the first stays. */
function redundantHosts(entries: readonly string[], list: string): Redundancy[] {
  const rules = entries.map(hostOf);
  return entries.flatMap((entry, index) => {
    const by = entries.findIndex((other, at) => {
      if (at === index) return false;
      const [wide, narrow] = [rules[at], rules[index]];
      const same = other.trim() === entry.trim();
      const isCovered = same || (wide && narrow ? covers(wide, narrow) : false);
      const isMutual = same || (wide && narrow ? covers(narrow, wide) : false);
      return isCovered && (!isMutual || at < index);
    });
    if (by === -1) return [];
    const other = entries[by] ?? "";
    const message = `The allowed host "${entry}" is allowed by "${other}" already.`;
    const found = redundant(message, pathAt(list, index));
    if (other === entry || openPartsOf(other).length === 0) return [found];
    return [
      { ...found, hint: `Keep this one, and remove "${other}", which allows too much.`, isByWide: true },
    ];
  });
}

function repeated(values: readonly string[], list: string): Issue[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index ? [] : [redundant(`"${value}" is listed twice.`, pathAt(list, index))],
  );
}

function redundant(message: string, path: string): Issue {
  return issue("ERR_SPIN_GRANT_REDUNDANT", path, message, { severity: "warning" });
}
