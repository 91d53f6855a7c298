/** Changes of the data behind a TOML text: the result is TOML again, so that what lies behind the parser is reached. */
import { parse, stringify } from "smol-toml";
import { textFrom } from "./mutate-text.ts";
import type { Many, Random } from "./random.ts";
import { longestInput } from "./target.ts";
import { words } from "./words.ts";

type Table = Record<string, unknown>;

/** One of the seeds with some of its values, keys and tables changed, or taken from another seed. */
export function tomlFrom(seeds: Many<string>, random: Random): string {
  const data = dataOf(random.pick(seeds));
  for (let left = 1 + random.below(random.oneIn(4) ? 12 : 3); left > 0; left--)
    random.pick(random.oneIn(2) ? [retext] : mutations)(data, random, dataOf(random.pick(seeds)));
  try {
    return stringify(data).slice(0, longestInput);
  } catch {
    // What was put in cannot be written, such as a list with a date of no calendar.
    return textFrom(seeds, random);
  }
}

function dataOf(text: string): Table {
  try {
    return parse(text);
  } catch {
    return { text };
  }
}

type Mutation = (data: Table, random: Random, other: Table) => void;

const mutations: Many<Mutation> = [
  (data, random) => change(data, random, () => value(random)),
  (data, random) =>
    change(data, random, (old) => (typeof old === "string" ? text(old, random) : value(random))),
  (data, random, other) => change(data, random, () => memberOf(random.pick(placesOf(other)))),
  // From elsewhere in the same document: ids and names meet again.
  (data, random) => change(data, random, () => structuredClone(memberOf(random.pick(placesOf(data))))),
  (data, random) => {
    const [table, key] = random.pick(placesOf(data));
    Reflect.deleteProperty(table, key);
  },
  (data, random, other) => {
    const [table] = random.pick(placesOf(data));
    const place = random.pick(placesOf(other));
    put(table, random.oneIn(2) ? random.pick(words) : place[1], memberOf(place));
  },
  (data, random) => {
    const [table, key] = random.pick(placesOf(data));
    const member = memberOf([table, key]);
    Reflect.deleteProperty(table, key);
    put(table, text(key, random), member);
  },
];

/** A text stays one, and becomes another: it gets past all judges of types. */
function retext(data: Table, random: Random, other: Table): void {
  const isText = (place: Place): boolean => typeof memberOf(place) === "string";
  const [place, ...more] = placesOf(data).filter(isText);
  const [source, ...sources] = placesOf(random.oneIn(2) ? other : data).filter(isText);
  if (place === undefined || source === undefined) return;
  const [table, key] = random.pick([place, ...more]);
  const old = String(memberOf(random.oneIn(2) ? random.pick([source, ...sources]) : [table, key]));
  put(table, key, random.oneIn(3) ? old : text(old, random));
}

type Place = readonly [table: Table, key: string];

/** Every key of every table, and every index of every list; one that does not exist where there is none. */
function placesOf(data: Table): Many<Place> {
  const found: Place[] = [];
  const waiting = [data];
  for (let table = waiting.pop(); table !== undefined && found.length < 500; table = waiting.pop()) {
    for (const [key, member] of Object.entries(table)) {
      found.push([table, key]);
      if (typeof member === "object" && member !== null && !(member instanceof Date))
        waiting.push(member as Table);
    }
  }
  const [first = [data, "a"] as const, ...others] = found;
  return [first, ...others];
}

function memberOf([table, key]: Place): unknown {
  return Object.hasOwn(table, key) ? table[key] : "";
}

function change(data: Table, random: Random, to: (old: unknown) => unknown): void {
  const [table, key] = random.pick(placesOf(data));
  put(table, key, to(memberOf([table, key])));
}

/** An own member, whatever its name. A list takes it at its end when the key is no index. */
function put(table: Table, key: string, member: unknown): void {
  if (Array.isArray(table) && !/^\d{1,3}$/.test(key)) table.push(member);
  else
    Object.defineProperty(table, key, {
      value: member,
      configurable: true,
      enumerable: true,
      writable: true,
    });
}

function text(old: string, random: Random): string {
  const at = random.below(old.length + 1);
  return old.slice(0, at) + random.pick(words) + old.slice(at + random.below(3));
}

function value(random: Random): unknown {
  const scalars: Many<unknown> = [
    0,
    1,
    -1,
    2.5,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    false,
    "",
    new Date(0),
  ];
  const made: Many<() => unknown> = [
    () => random.pick(words),
    () => random.pick(scalars),
    () => [],
    () => ({}),
    () => Array.from({ length: random.below(3) }, () => value(random)),
    () =>
      Object.fromEntries(Array.from({ length: random.below(3) }, () => [random.pick(words), value(random)])),
  ];
  return random.pick(made)();
}
