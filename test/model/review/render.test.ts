import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CapabilityChange, diffCapabilities, renderReview, risks } from "../../../model/index.ts";
import { api } from "./manifest.ts";

const markdown = (changes: CapabilityChange[]): string => renderReview(changes, { format: "markdown" });
const rowsOf = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("| "));

function change(members: Partial<CapabilityChange>): CapabilityChange {
  return {
    change: "added",
    risk: "low",
    why: "Why.",
    component: "api",
    kind: "file",
    before: [],
    after: ["x"],
    ...members,
  };
}

describe("the review as Markdown", () => {
  test("is a table, the worst first, with a count of each risk", () => {
    const base = api('key_value_stores = ["s"]', 'allowed_outbound_hosts = ["https://api.x.com"]');
    const head = api('allowed_outbound_hosts = ["https://*.x.com", "*://*:*"]');
    expect(markdown(diffCapabilities(base, head))).toMatchInlineSnapshot(`
"## Capability review

3 changes: 1 critical, 1 medium, 1 low.

| risk | change | who | what | why it matters |
| --- | --- | --- | --- | --- |
| 🔴 critical | widened | \`api\` | outbound host \`https://api.x.com\` → \`*://*:*\` | The component "api" may call every host there is, by every protocol and on every port, private networks and the cloud's metadata service included. |
| 🟡 medium | widened | \`api\` | outbound host \`https://api.x.com\` → \`https://*.x.com\` | The component "api" may send data to every name of a public domain. |
| ⚪ low | removed | \`api\` | key value store \`s\` | The component "api" no longer has this. |
"
`);
  });

  test("says so when nothing changes", () => {
    expect(markdown([])).toBe("## Capability review\n\nNothing that this application may do changes.\n");
  });

  test("names who has it by which dependency and with which profile, and the application itself", () => {
    const text = markdown([
      change({ via: "x:y/z", profile: "debug" }),
      change({ component: "", kind: "app-variable" }),
    ]);
    expect(text).toContain("| `api` by `x:y/z` with profile `debug` | file `x` |");
    expect(text).toContain("| the application | app variable `x` |");
  });

  test.each([
    ["a cell's end", "a | b", "`a \\| b`"],
    ["the end of code", "a`b", "`` a`b ``"],
    ["a longer end of code", "``", "``` `` ```"],
    ["the end of a line", "a\n| evil | row |", "`a\\u{a}\\| evil \\| row \\|`"],
    ["a turn of direction", "a\u202eb", "`a\\u{202e}b`"],
    ["nothing but blanks", "  ", "(empty)"],
  ])("a value with %s stays a value", (_what, value, expected) => {
    expect(markdown([change({ after: [value] })])).toContain(`file ${expected} |`);
  });

  test.each([
    ["HTML", "<img src=x>", "\\<img src=x\\>"],
    ["a link", "[a](javascript:b)", "\\[a\\](javascript:b)"],
    ["a bare link", "https://evil.example www.evil.example", "https:\\//evil.example www\\.evil.example"],
    ["a mention and an issue", "@team #1", "@<!-- -->team #<!-- -->1"],
    ["emphasis, code and entities", "*a* _b_ `c` &lt;", "\\*a\\* \\_b\\_ \\`c\\` \\&lt;"],
    ["an escape of its own", "\\|", "\\\\\\|"],
  ])("%s in a sentence stays text", (_what, value, expected) => {
    expect(rowsOf(markdown([change({ why: value })])).at(-1)).toBe(
      `| ⚪ low | added | \`api\` | file \`x\` | ${expected} |`,
    );
  });

  test("has one row of five cells for each change, whatever the values are", () => {
    const text = fc.string({ unit: fc.constantFrom("|", "`", "\\", "\n", "\r", "<", "a", " ", "\u2028") });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text, text), { minLength: 1 }), (values) => {
        const changes = values.map(([component, via, value, why]) =>
          change({ component, via, after: [value], why, risk: "high" }),
        );
        const rows = rowsOf(markdown(changes)).slice(2);
        expect(rows).toHaveLength(changes.length);
        // Bars that are not escaped; an escape itself may be escaped only outside of code.
        for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
      }),
    );
  });

  test("marks every risk", () => {
    const rows = rowsOf(markdown(risks.map((risk) => change({ risk })))).slice(2);
    expect(rows.map((row) => row.split(" | ")[0])).toEqual([
      "| ⚪ low",
      "| 🟡 medium",
      "| 🟠 high",
      "| 🔴 critical",
    ]);
  });
});

describe("the review as JSON", () => {
  test("holds the changes, with sorted keys, in one line: equal changes give equal bytes", () => {
    const changes = diffCapabilities(api(), api('ai_models = ["m"]'));
    const text = renderReview(changes, { format: "json" });
    expect(JSON.parse(text)).toEqual(changes);
    expect(text).toBe(
      '[{"after":["m"],"before":[],"change":"added","component":"api","kind":"ai-model","risk":"low","why":"The component \\"api\\" may send prompts to the model \\"m\\", at the host\'s cost."}]\n',
    );
  });
});
