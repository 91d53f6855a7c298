import type { Manifest, ManifestVariable } from "../manifest/types.ts";
import { hostsOf, variablesIn } from "./rights.ts";
import type { CapabilityChange, Verdict } from "./types.ts";

/** Application variables: which became secret or open, and which values decide what else may be called. */
export function diffVariables(base: Manifest, head: Manifest): CapabilityChange[] {
  const [before, after] = [base, head].map(({ variables = {} }) => new Map(Object.entries(variables)));
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  const hostVariables = new Set(
    Object.values(head.component ?? {}).flatMap((component) => hostsOf(component).flatMap(variablesIn)),
  );
  return [...names].flatMap((name): CapabilityChange[] => {
    const [old, now] = [before?.get(name), after?.get(name)];
    const found = verdictOf(name, old, now, hostVariables.has(name));
    if (found === undefined) return [];
    const { change, ...verdict } = found;
    return [
      {
        change,
        ...verdict,
        component: "",
        kind: "app-variable",
        before: shown(name, old),
        after: shown(name, now),
      },
    ];
  });
}

function verdictOf(
  name: string,
  old: ManifestVariable | undefined,
  now: ManifestVariable | undefined,
  decidesHost: boolean,
): (Pick<CapabilityChange, "change"> & Verdict) | undefined {
  const title = `The variable "${name}"`;
  if (now === undefined) return { change: "removed", risk: "low", why: `${title} is gone.` };
  if (old === undefined) {
    const what = now.secret === true ? "secret " : "";
    return { change: "added", risk: "low", why: `${title} is a new ${what}value of the application.` };
  }
  if (old.secret === true && now.secret !== true) {
    const why = `${title} is no longer secret: its value may stand in plain text where variables are shown.`;
    return { change: "widened", risk: "high", why };
  }
  if (old.secret !== true && now.secret === true)
    return { change: "narrowed", risk: "low", why: `${title} is now kept secret.` };
  if (old.default === now.default && old.required === now.required) return undefined;
  return decidesHost
    ? {
        change: "changed",
        risk: "high",
        why: `${title} has another default, and an allowed host is made of it.`,
      }
    : { change: "changed", risk: "low", why: `${title} has another default than before.` };
}

/** Without the default: it may be secret. */
function shown(name: string, variable: ManifestVariable | undefined): string[] {
  return variable === undefined ? [] : [variable.secret === true ? `${name} (secret)` : name];
}
