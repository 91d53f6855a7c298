import type { Fact } from "./facts.ts";
import type { Verdict } from "./types.ts";

/**
 * Middleware sees and changes every request: it may be what guards a component. `others` are the new ways to the
 * component: one of them may have taken the place of a way that is gone. `undefined` where nothing of it changes.
 */
export function middlewareVerdict(
  old: Fact | undefined,
  now: Fact | undefined,
  others: readonly Fact[],
): Verdict | undefined {
  const [before, after] = [old?.shown ?? [], now?.shown ?? []];
  const { component = "", subject = "" } = now ?? old ?? {};
  const path = `on the way to the component "${component}" (${subject})`;
  const gone = before.filter((it) => !after.includes(it));
  const come = after.filter((it) => !before.includes(it));
  if (now === undefined) {
    const unguarded = others.find(({ shown }) => gone.some((it) => !shown.includes(it)));
    if (unguarded === undefined) return undefined;
    const why = `The component "${component}" is now called at ${unguarded.subject}, without middleware that may have guarded it.`;
    return { risk: "high", why };
  }
  if (gone.length > come.length)
    return {
      risk: "high",
      why: `Requests ${path} no longer pass through middleware that may have guarded it.`,
    };
  if (gone.length > 0)
    return { risk: "high", why: `Requests ${path} pass through other middleware than before.` };
  if (come.length > 0)
    return {
      risk: "medium",
      why: `Requests ${path} pass through new middleware, which sees and may change them.`,
    };
  return before.length === 0
    ? undefined
    : {
        risk: "medium",
        why: `Requests ${path} pass through the middleware in another order, the first being outermost.`,
      };
}
