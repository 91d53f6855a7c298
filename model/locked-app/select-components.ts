import { isServiceChaining, parseAllowedHost } from "../capability/index.ts";
import { nearest } from "../did-you-mean.ts";
import { isSpinError, SpinError } from "../errors/index.ts";
import type { LockedApp, LockedComponent } from "./types.ts";

/**
 * An application with these components alone and the triggers that lead to them, as `spin up --component-id` runs it
 * (crates/app/src/lib.rs); a component that no trigger leads to goes. ERR_SPIN_LOCK_SELECTION says all that is wrong: ids
 * that are not there, and components that may call one that would be left out.
 */
export function selectComponents(app: LockedApp, ids: readonly string[]): LockedApp {
  const there = app.components.map(({ id }) => id);
  const selected = app.components.filter(({ id }) => ids.includes(id));
  const problems = [
    ...ids.filter((id) => !there.includes(id)).map((id) => absent(id, there)),
    ...selected.flatMap((component) => chainsToOthers(component, ids)),
  ];
  if (problems.length > 0) throw new SpinError("ERR_SPIN_LOCK_SELECTION", problems.join(" "));
  const triggers = app.triggers.filter(({ trigger_config: { component } }) =>
    ids.some((id) => id === component),
  );
  const called = new Set(triggers.map(({ trigger_config: { component } }) => component));
  return { ...app, triggers, components: selected.filter(({ id }) => called.has(id)) };
}

function absent(id: string, there: readonly string[]): string {
  const guess = nearest(id, there);
  const known = guess === undefined ? `it has ${there.join(", ") || "none"}` : `did you mean "${guess}"?`;
  return `The application has no component "${id}": ${known.replace(/\?$/, "")}.`;
}

/** Entries that name a component which is not among `ids`, or every component. Templates are known only at run time. */
function chainsToOthers({ id, metadata = {} }: LockedComponent, ids: readonly string[]): string[] {
  return (metadata.allowed_outbound_hosts ?? []).flatMap((entry) => {
    const host = chainedHost(entry);
    if (host === undefined || (host.kind === "name" && ids.includes(host.component))) return [];
    const whom =
      host.kind === "name"
        ? `"${host.component}", which is left out`
        : "every component; name those it calls";
    return [`The component "${id}" may call ${whom} (${entry}).`];
  });
}

function chainedHost(entry: string): { kind: "name"; component: string } | { kind: "all" } | undefined {
  try {
    const rule = parseAllowedHost(entry);
    if (!isServiceChaining(rule)) return undefined;
    const { host } = rule;
    return host.kind === "name"
      ? { kind: "name", component: host.name.split(".")[0] ?? "" }
      : { kind: "all" };
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}
