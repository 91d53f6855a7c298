import { canonicalJson } from "../json.ts";
import type { Fact } from "./facts.ts";
import { middlewareVerdict } from "./middleware-risk.ts";
import { subjectOf } from "./right-risk.ts";
import { isRemote, originOf } from "./sources.ts";
import type { CapabilityChange, Verdict } from "./types.ts";

/** What became of each fact. Values are compared and never told. */
export function diffFacts(base: readonly Fact[], head: readonly Fact[]): CapabilityChange[] {
  const [before, after] = [bySubject(base), bySubject(head)];
  const ids = new Set([...before.keys(), ...after.keys()]);
  const newWays = head.filter((fact) => fact.kind === "middleware" && !before.has(idOf(fact)));
  return [...ids].flatMap((id) => judged(before.get(id), after.get(id), newWays));
}

function bySubject(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [idOf(fact), fact]));
}

function idOf({ component, profile, kind, subject }: Fact): string {
  return canonicalJson([component, profile ?? null, kind, subject]);
}

function judged(old: Fact | undefined, now: Fact | undefined, newWays: readonly Fact[]): CapabilityChange[] {
  const fact = now ?? old;
  if (fact === undefined || (old?.content === now?.content && sameText(old, now))) return [];
  const { component, via, profile, kind } = fact;
  const verdict =
    kind === "middleware"
      ? middlewareVerdict(
          old,
          now,
          newWays.filter((way) => way.component === component && way.profile === profile),
        )
      : verdictOf(old, now, subjectOf(fact));
  if (verdict === undefined) return [];
  const [before, after] = [old?.shown ?? [], now?.shown ?? []];
  return [
    {
      change: before.length === 0 ? "added" : after.length === 0 ? "removed" : "changed",
      ...verdict,
      component,
      ...(via === undefined ? {} : { via }),
      ...(profile === undefined ? {} : { profile }),
      kind,
      before,
      after,
    },
  ];
}

function sameText(old: Fact | undefined, now: Fact | undefined): boolean {
  return old !== undefined && now !== undefined && canonicalJson(old.shown) === canonicalJson(now.shown);
}

/** `undefined` for what another change tells already. */
function verdictOf(old: Fact | undefined, now: Fact | undefined, who: string): Verdict | undefined {
  switch ((now ?? old)?.kind) {
    case "component":
      return old === undefined
        ? { risk: "low", why: `${who} is new; what it may do is listed on its own.` }
        : { risk: "low", why: `${who} is gone.` };
    case "source":
      return old === undefined || now === undefined ? foreign(now, who) : moved(old, now, who);
    case "dependency":
      if (now === undefined) return { risk: "low", why: `${who} is no longer part of it.` };
      return old === undefined
        ? {
            risk: isForeign(now) ? "medium" : "low",
            why: `${who} becomes part of it and sees what passes through.`,
          }
        : moved(old, now, who);
    case "environment":
      return (
        old && now && { risk: "low", why: `${who} is told something else by this environment variable.` }
      );
    case "trigger":
      return (
        old &&
        now && {
          risk: "medium",
          why: `${who} is run by a trigger of which settings changed, maybe by others than before.`,
        }
      );
    default:
      return undefined;
  }
}

/** Where a new component comes from matters when it is not the project itself. */
function foreign(now: Fact | undefined, who: string): Verdict | undefined {
  if (now === undefined || !isForeign(now)) return undefined;
  return { risk: "medium", why: `${who} runs code from outside the project.` };
}

function moved(old: Fact, now: Fact, who: string): Verdict {
  if (!isForeign(now)) return { risk: "low", why: `${who} is built to another place, or of other sources.` };
  const [from, to] = [old, now].map(({ place }) => (typeof place === "object" ? originOf(place) : undefined));
  const isFromElsewhere = !isForeign(old) || from !== to;
  return isFromElsewhere
    ? { risk: "high", why: `${who} runs code from another place than before, with the rights that it has.` }
    : { risk: "medium", why: `${who} runs other code than before, with the rights that it has.` };
}

/** A version alone is of a registry. */
function isForeign({ place, kind }: Fact): boolean {
  if (place === undefined) return false;
  return typeof place === "string" ? kind === "dependency" : isRemote(place);
}
