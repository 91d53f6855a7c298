import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "smol-toml";
import { type Manifest, manifestOf, synthesize } from "../../../model/index.ts";
import { merge } from "../../../model/manifest/edit/edit.ts";
import { edit } from "../../../model/manifest/edit/index.ts";
import { isTable } from "../../../model/toml/index.ts";
import { tomlPositions } from "../../../model/toml/positions.ts";
import { hands, writeFreely } from "../toml/write-freely.ts";
import { arbitraryApp } from "./arbitrary-app.ts";

const head = 'spin_manifest_version = 2\n\n[application]\nname = "a"\n';

type Change = (manifest: unknown) => void;

/** A change of what is at a path, with dots alone: `trigger.http.0.route`. */
function at(path: string, change: (parent: Record<string, unknown>, key: string) => void): Change {
  const keys = path.split(".");
  return (manifest) => {
    const parent = keys
      .slice(0, -1)
      .reduce((data, key) => (data as Record<string, unknown>)[key], manifest) as Record<string, unknown>;
    change(parent, keys.at(-1) ?? "");
  };
}

const set = (path: string, value: unknown): Change => at(path, (parent, key) => (parent[key] = value));
const drop = (path: string): Change => at(path, (parent, key) => delete parent[key]);
const list = (path: string, change: (items: unknown[]) => unknown[]): Change =>
  at(path, (parent, key) => (parent[key] = change(parent[key] as unknown[])));

/** The text after a change of its data. */
function changed(text: string, change: Change): string {
  const manifest = structuredClone(parse(text)) as unknown as Manifest;
  change(manifest);
  const result = edit(text, manifest);
  expect(parse(result)).toEqual(parse(synthesize(manifest)));
  expect(edit(result, manifest)).toBe(result);
  return result;
}

const shop = `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json
spin_manifest_version = 2 # of Spin 2

# The shop.

# What it is
[application]
name = 'shop' # its name
authors = ["A", "B"] # both

[variables]
# Shown first
greeting = { default = "hi" } # a word
# From the vault
token = { required = true, secret = true }

# All requests
[[trigger.http]]
route = "/..." # all
component = "api"

# Until July
[[trigger.http]]
route = "/old"
component = "old"

# Answers
[component.api]
source = "api.wasm"
allowed_outbound_hosts = [
  "https://a.example", # a
  # b has two names
  "https://b.example",
  "https://c.example", # c
]
# exclude_files = []

[component.api.build]
command = "make"

# The former api
[component.old]
source = "old.wasm"
# until July

# End of file
`;

describe("what changes, and nothing else", () => {
  test.each<[string, Change, [from: string, to: string][]]>([
    ["a value in its quotes", set("application.name", "store"), [["'shop'", "'store'"]]],
    ["a value that its quotes cannot hold", set("application.name", "a's"), [["'shop'", '"a\'s"']]],
    ["an item of a list", set("application.authors.1", "C"), [['"A", "B"', '"A", "C"']]],
    ["the first item gone", list("application.authors", (it) => it.slice(1)), [['["A", "B"]', '["B"]']]],
    ["the last item gone", list("application.authors", (it) => it.slice(0, -1)), [['["A", "B"]', '["A"]']]],
    ["a new item", list("application.authors", (it) => [...it, "C"]), [['"B"]', '"B", "C"]']]],
    ["a new first item", list("application.authors", (it) => ["C", ...it]), [['["A"', '["C", "A"']]],
    [
      "items in another order",
      list("application.authors", (it) => it.toReversed()),
      [['["A", "B"]', '["B", "A"]']],
    ],
    ["no items", set("application.authors", []), [['["A", "B"]', "[]"]]],
    [
      "an item on a line of its own",
      list("component.api.allowed_outbound_hosts", (it) => [...it, "https://d.example"]),
      [["# c\n", '# c\n  "https://d.example",\n']],
    ],
    [
      "an item gone with its comments",
      list("component.api.allowed_outbound_hosts", (it) => it.toSpliced(1, 1)),
      [['  # b has two names\n  "https://b.example",\n', ""]],
    ],
    ["a new key", set("application.version", "1"), [["# both\n", '# both\nversion = "1"\n']]],
    ["a key gone with its comment", drop("application.authors"), [['authors = ["A", "B"] # both\n', ""]]],
    ["a member of an inline table", set("variables.greeting.default", "ho"), [['"hi"', '"ho"']]],
    [
      "a new member of an inline table",
      set("variables.greeting.secret", true),
      [['{ default = "hi" }', '{ default = "hi", secret = true }']],
    ],
    [
      "a member of an inline table gone",
      drop("variables.token.required"),
      [["{ required = true, secret = true }", "{ secret = true }"]],
    ],
    [
      "a variable gone with what is said about it",
      drop("variables.greeting"),
      [['# Shown first\ngreeting = { default = "hi" } # a word\n', ""]],
    ],
    [
      "a new variable",
      set("variables.z", { default: "" }),
      [["secret = true }\n", 'secret = true }\nz = { default = "" }\n']],
    ],
    [
      "all variables gone",
      drop("variables"),
      [[shop.slice(shop.indexOf("[var"), shop.indexOf("# All")), ""]],
    ],
    ["a trigger", set("trigger.http.0.route", "/api/..."), [['"/..."', '"/api/..."']]],
    [
      "a trigger gone with its comments",
      list("trigger.http", (it) => it.slice(0, -1)),
      [['# Until July\n[[trigger.http]]\nroute = "/old"\ncomponent = "old"\n\n', ""]],
    ],
    [
      "a new trigger behind the others",
      list("trigger.http", (it) => [...it, { route: "/z", component: "api" }]),
      [['component = "old"\n', 'component = "old"\n\n[[trigger.http]]\nroute = "/z"\ncomponent = "api"\n']],
    ],
    [
      "a new trigger in front of the others",
      list("trigger.http", (it) => [{ route: "/z", component: "api" }, ...it]),
      [["# All requests\n", '[[trigger.http]]\nroute = "/z"\ncomponent = "api"\n\n# All requests\n']],
    ],
    [
      "a component gone with its comments, and the one comment that stands for itself left",
      drop("component.old"),
      [['# The former api\n[component.old]\nsource = "old.wasm"\n# until July\n\n', ""]],
    ],
    [
      "a component gone with its build",
      drop("component.api"),
      [[shop.slice(shop.indexOf("# Answers"), shop.indexOf("# The former")), ""]],
    ],
    [
      "a new component behind the others",
      set("component.z", { source: "z.wasm", build: { command: "make" }, files: ["a", "b"] }),
      [
        [
          "# until July\n",
          "# until July\n\n[component.z]\n" +
            'source = "z.wasm"\nfiles = [\n  "a",\n  "b",\n]\n\n[component.z.build]\ncommand = "make"\n',
        ],
      ],
    ],
    [
      "a new build",
      set("component.old.build", { command: "make" }),
      [["# until July\n", '# until July\n\n[component.old.build]\ncommand = "make"\n']],
    ],
  ])("%s", (_, change, replacements) => {
    const expected = replacements.reduce((text, [from, to]) => text.replace(from, () => to), shop);
    expect(expected).not.toBe(shop);
    expect(changed(shop, change)).toBe(expected);
    // The same in a file of another system.
    const windows = shop.replaceAll("\n", "\r\n");
    expect(changed(windows, change)).toBe(expected.replaceAll("\n", "\r\n"));
  });
});

describe("ways to write a table", () => {
  const api = { route: "/", component: "api" };
  test.each<[string, string, Change, string]>([
    [
      "dotted keys",
      'application.name = "a"\n[trigger]\n',
      set("application.version", "1"),
      'application.name = "a"\napplication.version = "1"\n[trigger]\n',
    ],
    [
      "dotted keys inside a table",
      '[application]\nname = "a"\ntool . x.a = 1 # a\n[trigger]\n',
      set("application.tool.x.b", 2),
      '[application]\nname = "a"\ntool . x.a = 1 # a\ntool . x.b = 2\n[trigger]\n',
    ],
    [
      "dotted keys inside an inline table",
      'application = { name = "a", tool.x = { a = 1 } }\ntrigger = {}\n',
      set("application.tool.y", {}),
      'application = { name = "a", tool.x = { a = 1 }, tool.y = {} }\ntrigger = {}\n',
    ],
    [
      "an inline array of tables",
      'application.name = "a"\ntrigger = { http = [{ route = "/a" }] }\n',
      list("trigger.http", (it) => [...it, api]),
      'application.name = "a"\ntrigger = { http = [{ route = "/a" }, { route = "/", component = "api" }] }\n',
    ],
    [
      "an array of tables on lines",
      '[application]\nname = "a"\n[trigger]\nhttp = [\n    { route = "/a" }, # a\n    { route = "/b" }\n]\n',
      list("trigger.http", (it) => [...it, api]),
      '[application]\nname = "a"\n[trigger]\nhttp = [\n    { route = "/a" }, # a\n    { route = "/b" },\n    { route = "/", component = "api" }\n]\n',
    ],
    [
      "a table for each variable",
      '[application]\nname = "a"\n[variables.a]\ndefault = "x"\n[trigger]\n',
      set("variables.b", { default: "y" }),
      '[application]\nname = "a"\n[variables.a]\ndefault = "x"\n\n[variables.b]\ndefault = "y"\n[trigger]\n',
    ],
    [
      "indented keys",
      '[application]\n  name = "a"\n[trigger]\n',
      set("application.authors", ["x", "y"]),
      '[application]\n  name = "a"\n  authors = [\n    "x",\n    "y",\n  ]\n[trigger]\n',
    ],
    [
      "the first trigger",
      '[application]\nname = "a"\n[trigger]\nhttp = []\n',
      list("trigger.http", (it) => [...it, api]),
      '[application]\nname = "a"\n[trigger]\n\n[[trigger.http]]\nroute = "/"\ncomponent = "api"\n',
    ],
    [
      "no trigger any more",
      '[application]\nname = "a"\n\n[[trigger.http]]\nroute = "/"\n',
      set("trigger.http", []),
      '[application]\nname = "a"\n\n[trigger]\nhttp = []\n',
    ],
    [
      "no type of trigger any more",
      '[application]\nname = "a"\n\n# gone\n[[trigger.http]]\nroute = "/"\n',
      set("trigger", {}),
      '[application]\nname = "a"\n\n[trigger]\n',
    ],
    [
      "no break at the end",
      '[application]\nname = "a"\n[trigger]\n[component.a]\nsource = "a"',
      set("component.b", { source: "b" }),
      '[application]\nname = "a"\n[trigger]\n[component.a]\nsource = "a"\n\n[component.b]\nsource = "b"',
    ],
    [
      "strings of several lines",
      '[application]\nname = "a"\ndescription = """\nA "b"\nc"""\n[trigger]\n',
      set("application.description", 'A "b"\n\\\n'),
      '[application]\nname = "a"\ndescription = """\nA \\"b\\"\n\\\\\n"""\n[trigger]\n',
    ],
    [
      "literal strings of several lines",
      "[application]\nname = 'a'\ndescription = '''\nA\n'''\n[trigger]\n",
      set("application.description", "\\d\n'"),
      "[application]\nname = 'a'\ndescription = \"\\\\d\\n'\"\n[trigger]\n",
    ],
    [
      "another kind of value",
      '[application]\nname = "a"\ntool = { x = { a = 1 } } # t\n[trigger]\n',
      set("application.tool.x.a", { b: [1, 2] }),
      '[application]\nname = "a"\ntool = { x = { a = { b = [1, 2] } } } # t\n[trigger]\n',
    ],
    [
      "a header that becomes a text",
      '[application]\nname = "a"\n[trigger]\n[component.a]\n[component.a.source]\nurl = "u"\ndigest = "d"\n',
      set("component.a.source", "a.wasm"),
      '[application]\nname = "a"\n[trigger]\n[component.a]\nsource = "a.wasm"\n',
    ],
    [
      "keys that objects are made of",
      '[application]\nname = "a"\n[trigger]\n[application.tool.__proto__]\na = 1\n',
      set("application.tool.constructor", { x: 1 }),
      '[application]\nname = "a"\n[trigger]\n[application.tool.__proto__]\na = 1\n\n[application.tool.constructor]\nx = 1\n',
    ],
  ])("%s", (_, text, change, expected) => {
    const version = "spin_manifest_version = 2\n";
    expect(changed(version + text, change)).toBe(version + expected);
  });

  test("a text without anything gets all of it", () => {
    const manifest = parse(shop) as unknown as Manifest;
    expect(parse(edit("# mine\n", manifest))).toEqual(parse(shop));
    expect(edit("# mine\n", manifest)).toMatch(/^# mine\nspin_manifest_version = 2\n\n\[application\]\n/);
  });

  test("what is no TOML is not edited", () => {
    expect(() => edit("[", parse(`${head}[trigger]`) as unknown as Manifest)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_MANIFEST_TOML" }),
    );
  });
});

/** An app with builds, as data of its manifest. */
const arbitraryManifest = fc
  .tuple(
    arbitraryApp,
    fc.array(fc.option(fc.record({ command: fc.string() })), { minLength: 1, maxLength: 3 }),
  )
  .map(([app, builds]): Manifest => {
    const { component = {}, ...manifest } = manifestOf(app);
    const built = Object.entries(component).map(([id, it], at) => {
      const build = builds[at % builds.length];
      return [id, { ...it, ...(build && { build }) }] as const;
    });
    return { ...manifest, ...(built.length > 0 && { component: Object.fromEntries(built) }) };
  });

/** Parts of two values, as the numbers say: something is kept, replaced, gone or new at every depth. */
function mixed(a: unknown, b: unknown, choices: readonly number[]): unknown {
  let used = 0;
  const pick = (limit: number): number => (choices[used++ % choices.length] ?? 0) % limit;
  const mix = (old: unknown, next: unknown, isTop: boolean): unknown => {
    if (!isTop && pick(3) === 0) return pick(2) === 0 ? old : next;
    if (Array.isArray(old) && Array.isArray(next)) {
      const items = old.flatMap(
        (item, at) => [[], [next[at] ?? item], [item, ...next.slice(at, at + 1)], [item]][pick(4)],
      );
      return pick(3) === 0 ? [...next.slice(0, 1), ...items] : items;
    }
    if (!isTable(old) || !isTable(next)) return next;
    const members = Object.keys({ ...old, ...next }).flatMap((key) => {
      if (Object.hasOwn(old, key) && Object.hasOwn(next, key))
        return [[key, mix(old[key], next[key], false)]];
      return isTop || pick(2) === 0 ? [[key, old[key] ?? next[key]]] : [];
    });
    return Object.fromEntries(members);
  };
  return mix(a, b, true);
}

describe("for all manifests and all ways to write them", () => {
  const choices = fc.array(fc.nat(23), { minLength: 1, maxLength: 30 });
  const runs = { numRuns: 60 };

  test("a text that says it already stays as it is", () => {
    fc.assert(
      fc.property(arbitraryManifest, hands, (manifest, hand) => {
        const text = writeFreely({ ...manifest }, hand);
        expect(edit(text, manifest)).toBe(text);
      }),
      runs,
    );
  });

  test("the result says what it should, and editing it once more changes nothing", () => {
    fc.assert(
      fc.property(arbitraryManifest, arbitraryManifest, choices, hands, (a, b, numbers, hand) => {
        const manifest = mixed(a, b, numbers) as Manifest;
        const result = edit(writeFreely({ ...a }, hand), manifest);
        expect(parse(result)).toEqual(parse(synthesize(manifest)));
        expect(edit(result, manifest)).toBe(result);
      }),
      runs,
    );
  });

  test("it would also say so if it were written anew from any depth on", () => {
    fc.assert(
      fc.property(
        arbitraryManifest,
        arbitraryManifest,
        choices,
        hands,
        fc.nat(5),
        (a, b, numbers, hand, depth) => {
          const canonical = synthesize(mixed(a, b, numbers) as Manifest);
          expect(parse(merge(writeFreely({ ...a }, hand), canonical, depth))).toEqual(parse(canonical));
        },
      ),
      runs,
    );
  });

  test("another text for one value changes that value alone", () => {
    fc.assert(
      fc.property(arbitraryManifest, hands, (manifest, hand) => {
        const text = writeFreely({ ...manifest }, hand);
        const place = tomlPositions(text).get("application.name");
        const result = edit(text, { ...manifest, application: { ...manifest.application, name: "new" } });
        const [from, until] = place?.value ?? [0, 0];
        expect(result.slice(0, from)).toBe(text.slice(0, from));
        expect(result.endsWith(text.slice(until))).toBe(true);
      }),
      runs,
    );
  });

  test("comments outside of what changes survive", () => {
    const commentsOf = (text: string): string[] => text.match(/# comment \d+ /g) ?? [];
    fc.assert(
      fc.property(arbitraryManifest, arbitraryManifest, hands, (a, b, hand) => {
        const rest = writeFreely({ ...a, component: {} }, hand);
        const text = rest + (hand.hasFinalBreak ? "" : hand.lineBreak);
        const manifest = { ...a, component: { ...b.component, last: { source: "x" } } };
        const result = edit(text, manifest);
        expect(parse(result)).toEqual(parse(synthesize(manifest)));
        expect(commentsOf(result)).toEqual(expect.arrayContaining(commentsOf(text)));
      }),
      runs,
    );
  });
});
