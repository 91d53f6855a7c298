import { canonicalJson } from "../json.ts";
import { includes } from "./inclusion.ts";
import { privateRoute } from "./reach.ts";
import { variablesIn } from "./rights.ts";
import { subjectOf, verdictOf } from "./right-risk.ts";
import type { Capability, CapabilityChange, Verdict } from "./types.ts";

/**
 * How the rights of each owner grew and shrank. A right that another one covers is no change; each right of the old list
 * is judged against single rights of the new one, so what several cover together is told as added or removed.
 */
export function diffRights(base: readonly Capability[], head: readonly Capability[]): CapabilityChange[] {
  const [before, after] = [byOwner(base), byOwner(head)];
  const owners = new Set([...before.keys(), ...after.keys()]);
  return [...owners].flatMap((owner) => diffGroup(before.get(owner) ?? [], after.get(owner) ?? []));
}

/** Rights by who has them and of which kind: only those can include each other. */
function byOwner(capabilities: readonly Capability[]): Map<string, Capability[]> {
  return Map.groupBy(capabilities, ({ component, via = null, profile = null, kind }) =>
    canonicalJson([component, via, profile, kind]),
  );
}

function diffGroup(base: readonly Capability[], head: readonly Capability[]): CapabilityChange[] {
  const gained = head.filter((right) => !base.some((old) => includes(old, right)));
  const lost = base.filter((right) => !head.some((now) => includes(now, right)));
  // The same thing with another template or other exclusions, of which neither includes the other.
  const successors = new Map(
    gained.flatMap((right): [Capability, Capability][] => {
      const old = lost.find((it) => it.value === right.value && it.destination === right.destination);
      return old === undefined ? [] : [[old, right]];
    }),
  );
  const replaced = new Set(successors.values());
  return [
    ...[...successors].map(([old, right]) => changed(old, right)),
    ...gained.filter((right) => !replaced.has(right)).map((right) => grown(right, base)),
    ...lost.filter((right) => !successors.has(right)).map((right) => shrunk(right, head)),
  ];
}

function grown(right: Capability, base: readonly Capability[]): CapabilityChange {
  const narrower = base.filter((old) => includes(right, old));
  const verdict = narrower.some(({ value }) => value === privateRoute) ? published(right) : verdictOf(right);
  return change(narrower.length === 0 ? "added" : "widened", verdict, narrower, [right]);
}

/** A component that was written for its neighbours only. */
function published(right: Capability): Verdict {
  const { why } = verdictOf(right);
  return { risk: "high", why: `${why.slice(0, -1)}; so far, only other components could.` };
}

function shrunk(right: Capability, head: readonly Capability[]): CapabilityChange {
  const narrower = head.filter((now) => includes(right, now));
  if (narrower.length === 0) {
    const why = `${subjectOf(right)} no longer has this.`;
    return change("removed", { risk: "low", why }, [right], []);
  }
  return change(
    "narrowed",
    { risk: "low", why: `${subjectOf(right)} keeps a part of this.` },
    [right],
    narrower,
  );
}

function changed(old: Capability, right: Capability): CapabilityChange {
  const { risk, why } = verdictOf(right);
  const note =
    right.kind === "variable"
      ? "it gets its value from elsewhere than before"
      : "it is another part than before";
  return change("changed", { risk, why: `${why.slice(0, -1)}; ${note}.` }, [old], [right]);
}

function change(
  kind: CapabilityChange["change"],
  { risk, why }: Verdict,
  before: readonly Capability[],
  after: readonly Capability[],
): CapabilityChange {
  const [owner] = [...after, ...before];
  const { component = "", via, profile, kind: what = "route" } = owner ?? {};
  return {
    change: kind,
    risk,
    why,
    component,
    ...(via === undefined ? {} : { via }),
    ...(profile === undefined ? {} : { profile }),
    kind: what,
    before: before.map(shown),
    after: after.map(shown),
  };
}

function shown({ value, destination, without = [], template }: Capability): string {
  const mount = destination === undefined ? value : `${value} as ${destination}`;
  const parts = without.length === 0 ? mount : `${mount} without ${without.join(", ")}`;
  return template === undefined ? parts : `${parts} = ${sources(template)}`;
}

/** Which variables a template names; the text around them may be a secret itself. */
function sources(template: string): string {
  const names = variablesIn(template).map((name) => `{{ ${name} }}`);
  return names.length === 0 ? "a fixed text" : names.join(" ");
}
