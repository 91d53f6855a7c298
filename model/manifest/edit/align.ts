/** Which item of a changed list was which before. */
import { canonicalJson } from "../../json.ts";
import { isTable } from "../../toml/index.ts";

/** Indexes before and after; without the first an item is new, without the second it is gone. */
export type Step =
  | [before: number, after: number]
  | [before: number, after?: undefined]
  | [undefined, number];

/** What tells the entries of the manifest's lists of tables apart. */
const names = ["id", "route", "channel", "destination", "source"];

/**
 * The steps from one list to another, in order: items that stay by their name or text, as many as keep their order;
 * between those, what is left of both in pairs.
 */
export function align(before: readonly unknown[], after: readonly unknown[]): Step[] {
  const steps: Step[] = [];
  let [old, next] = [0, 0];
  for (const [oldAt, nextAt] of [...kept(before, after), [before.length, after.length] as const]) {
    while (old < oldAt && next < nextAt) steps.push([old++, next++]);
    while (old < oldAt) steps.push([old++]);
    while (next < nextAt) steps.push([undefined, next++]);
    if (old < before.length && next < after.length) steps.push([old++, next++]);
  }
  return steps;
}

/** The most pairs of items with one name whose indexes rise on both sides. */
function kept(before: readonly unknown[], after: readonly unknown[]): (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  for (const [index, item] of [...before.entries()].toReversed()) {
    const name = nameOf(item);
    const there = places.get(name);
    if (there === undefined) places.set(name, [index]);
    else there.push(index);
  }
  const pairs = after.flatMap((item, index) => {
    const place = places.get(nameOf(item))?.pop();
    return place === undefined ? [] : [[place, index] as const];
  });
  return longestRising(pairs);
}

/** Patience sorting: the pile on which a pair lands is how long the longest run that ends in it is. */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  type Run = { pair: readonly [number, number]; previous: Run | undefined };
  const tops: Run[] = [];
  for (const pair of pairs) {
    const at = tops.findIndex((top) => top.pair[0] > pair[0]);
    const pile = at === -1 ? tops.length : at;
    tops[pile] = { pair, previous: tops[pile - 1] };
  }
  const run: (readonly [number, number])[] = [];
  for (let top = tops.at(-1); top !== undefined; top = top.previous) run.push(top.pair);
  return run.toReversed();
}

function nameOf(item: unknown): string {
  if (!isTable(item)) return canonicalJson(item);
  const key = names.find((name) => Object.hasOwn(item, name));
  return canonicalJson(key === undefined ? item : { [key]: item[key] });
}
