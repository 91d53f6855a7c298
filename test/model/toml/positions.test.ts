import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "smol-toml";
import { manifestOf } from "../../../model/index.ts";
import { isTable, pathAt, pathTo } from "../../../model/toml/index.ts";
import { tomlPositions } from "../../../model/toml/positions.ts";
import { arbitraryApp } from "../manifest/arbitrary-app.ts";
import { hands, writeFreely } from "./write-freely.ts";

const text = `# spin.toml = "no"
spin_manifest_version = 2
[application]
name = 'shop' # its name
authors = [
  "A # no comment", # one
  """B
] """,
]
application.tool."a b".c = 1979-05-27 07:32:00

[[trigger.http]]
route = "/"
[[trigger.http]]
route = { private = true }

  [component.api]
files = ["a", { source = 'b', destination.to = """x"""" }]
[component.api.build]
`;

/** What the places of a path enclose. */
function at(path: string, source = text): { line: number; column: number; key: string; value: string } {
  const place = tomlPositions(source).get(path);
  if (place === undefined) throw new Error(`no place for ${path}`);
  const { line, column, key, value } = place;
  return { line, column, key: source.slice(...key), value: source.slice(...value) };
}

describe("places", () => {
  test.each([
    ["spin_manifest_version", 2, 1, "spin_manifest_version", "2"],
    ["application", 3, 2, "application", expect.stringMatching(/^\[application\][^]*07:32:00$/)],
    ["application.name", 4, 1, "name", "'shop'"],
    ["application.authors", 5, 1, "authors", expect.stringMatching(/^\[[^]*\]$/)],
    ["application.authors[0]", 6, 3, '"A # no comment"', '"A # no comment"'],
    ["application.authors[1]", 7, 3, '"""B\n] """', '"""B\n] """'],
    ['application.application.tool."a b"', 10, 18, '"a b"', 'application.tool."a b".c = 1979-05-27 07:32:00'],
    ['application.application.tool."a b".c', 10, 24, "c", "1979-05-27 07:32:00"],
    ["trigger", 12, 3, "trigger", "[[trigger.http]]"],
    ["trigger.http", 12, 11, "http", '[[trigger.http]]\nroute = "/"'],
    ["trigger.http[1]", 14, 11, "http", "[[trigger.http]]\nroute = { private = true }"],
    ["trigger.http[1].route.private", 15, 11, "private", "true"],
    ["component", 17, 4, "component", "[component.api]"],
    ["component.api.files[1]", 18, 15, expect.anything(), expect.stringMatching(/^\{.*\}$/)],
    ["component.api.files[1].destination.to", 18, 43, "to", '"""x""""'],
    ["component.api.build", 19, 16, "build", "[component.api.build]"],
  ])("%s stands at %i:%i", (path, line, column, key, value) => {
    expect(at(path)).toEqual({ line, column, key, value });
  });

  test("what is not there has no place", () => {
    expect(tomlPositions(text).get("application.version")).toBeUndefined();
    expect(tomlPositions("").get("a")).toBeUndefined();
    expect(tomlPositions("# only = 1").get("only")).toBeUndefined();
    expect(tomlPositions("a = 1").get("")).toBeUndefined();
  });

  test.each([
    ["component.api.files[1].source.of.it", 18, 17],
    ["component.api.files[7]", 18, 1],
    ["component.web.source", 17, 4],
    ['application.authors["x"]', 5, 1],
  ])("what is nearest to %s stands at %i:%i", (path, line, column) => {
    expect(tomlPositions(text).nearest(path)).toMatchObject({ line, column });
  });

  test("nothing is nearest to what is not in a table of the text", () => {
    expect(tomlPositions(text).nearest("variables.a")).toBeUndefined();
    expect(tomlPositions(text).nearest("")).toBeUndefined();
  });

  test("lines end in CRLF or LF, columns count code units, a byte order mark counts", () => {
    expect(at("b", '\ufeffa = 1\r\n\r\n"\\u0062" = 2')).toEqual({
      line: 3,
      column: 1,
      key: '"\\u0062"',
      value: "2",
    });
    expect(at("a.b", 'a = { "\u{1f600}" = 1, b = 2 }')).toMatchObject({ line: 1, column: 17 });
    expect(at("a", "\ufeffa = 1")).toMatchObject({ line: 1, column: 2 });
  });

  test("a table that headers mention before they open it stands where it is opened", () => {
    expect(at("a", "[a.b]\n[a]\nc = 1")).toEqual({ line: 2, column: 2, key: "a", value: "[a]\nc = 1" });
  });

  test("line breaks, comments and a last comma in inline tables", () => {
    expect(at("a.c[0]", "a = { # }\n b = 1,\n c = [ 2 ],\n}")).toMatchObject({
      line: 3,
      column: 8,
      value: "2",
    });
  });

  test("keys that objects are made of are keys like others", () => {
    const odd = "__proto__.constructor = 1\n[toString]\nx = { __proto__ = 2 }";
    const places = tomlPositions(odd);
    const paths = ["__proto__", "__proto__.constructor", "toString", "toString.x", "toString.x.__proto__"];
    expect(paths.map((path) => places.get(path)?.column)).toEqual([1, 11, 2, 1, 7]);
    expect(places.get("constructor")).toBeUndefined();
    expect(places.get("toString.length")).toBeUndefined();
  });

  test.each([
    ["lists", "[".repeat(1000), "]".repeat(1000)],
    ["inline tables", "{a=".repeat(1000), `1${"}".repeat(1000)}`],
  ])("%s as deep as the parser takes them", (_, open, close) => {
    const deep = `a = ${open}${close}`;
    expect(() => parse(deep)).not.toThrow();
    const path = `a${(open.startsWith("[") ? "[0]" : ".a").repeat(999)}`;
    const unit = open.length / 1000;
    expect(tomlPositions(deep).get(path)?.column).toBe(unit === 1 ? 5 + 999 : 3 + 999 * 3);
  });

  test("many pairs, and a key of many parts, take no more memory than their text", () => {
    const pairs = Array.from({ length: 10_000 }, (_, at) => `k${at} = [1, "a"] # c\n`).join("");
    expect(tomlPositions(pairs).get("k9999[1]")?.line).toBe(10_000);
    const parts = Array.from({ length: 10_000 }, () => "a").join(".");
    expect(tomlPositions(`${parts} = 1`).get(parts)?.column).toBe(19_999);
  });

  test("many keys below one long header have no path each until it is asked for", () => {
    const header = "x".repeat(300_000);
    const pairs = Array.from({ length: 10_000 }, (_, at) => `k${at} = 1\n`).join("");
    // Three thousand million characters, were each path written out.
    const places = tomlPositions(`[${header}]\n${pairs}`);
    expect(places.get(`${header}.k9999`)?.line).toBe(10_001);
  });
});

describe("for every text that the parser reads", () => {
  const check = (source: string): void => {
    const places = tomlPositions(source);
    const lines = source.split("\n");
    const visit = (data: unknown, path: string): void => {
      const place = places.get(path);
      if (path !== "") {
        if (place === undefined) throw new Error(`no place for ${path}`);
        const written = source.slice(...place.value);
        if (isTable(data) ? written.startsWith("{") : !written.startsWith("[["))
          expect(parse(`x = ${written}`)["x"]).toEqual(data);
        expect(lines[place.line - 1]?.slice(place.column - 1)).toBe(
          source.slice(place.key[0], source.indexOf("\n", place.key[0]) >>> 0),
        );
      }
      if (Array.isArray(data)) for (const [index, item] of data.entries()) visit(item, pathAt(path, index));
      else if (isTable(data)) for (const [key, item] of Object.entries(data)) visit(item, pathTo(path, key));
    };
    visit(parse(source), "");
  };

  test("every path of the data has a place, whose value says the same again", () => {
    fc.assert(
      fc.property(arbitraryApp, hands, (app, hand) => {
        check(writeFreely({ ...manifestOf(app) }, hand));
      }),
      { numRuns: 50 },
    );
  });

  test("also where keys are odd and values are of every kind", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "grapheme" }),
        fc.integer(),
        fc.boolean(),
        fc.constantFrom("1979-05-27", "07:32:00").map((date) => parse(`d = ${date}`)["d"]),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("any"), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value.any, { maxKeys: 4 }), hands, (data, hand) => {
        check(writeFreely(data, hand));
      }),
      { numRuns: 50 },
    );
  });

  test("of a text that is no TOML something is found, and it ends", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("[]{}=.,#\"'\\\n\r a1")) }), (source) => {
        expect(tomlPositions.bind(undefined, source)).not.toThrow(RangeError);
      }),
    );
  });
});
