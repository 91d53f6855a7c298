import { describe, expect, test } from "@jest/globals";
import { isTemplate, parseTemplate, resolveTemplate, templateVariables } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";

describe("parseTemplate", () => {
  test.each([
    ["text alone", "plain", [{ text: "plain" }]],
    ["nothing", "", []],
    ["one hole", "{{ name }}", [{ variable: "name" }]],
    ["a hole without blanks", "{{name}}", [{ variable: "name" }]],
    [
      "a hole between texts",
      "https://{{ host }}:443",
      [{ text: "https://" }, { variable: "host" }, { text: ":443" }],
    ],
    ["two holes side by side", "{{ a }}{{ b }}", [{ variable: "a" }, { variable: "b" }]],
    ["a closing pair alone is text", "a }} b", [{ text: "a }} b" }]],
    ["a single brace is text", "{ a }", [{ text: "{ a }" }]],
  ])("reads %s", (_what, template, parts) => {
    expect(parseTemplate(template)).toEqual(parts);
  });

  test.each(["{{", "{{ a", "{{ a }", "{{ a }} and {{ b"])("an unclosed hole is an error: %s", (template) => {
    const error = caught(() => parseTemplate(template));
    expect(error).toMatchObject({ code: "ERR_SPIN_TEMPLATE_UNMATCHED" });
    expect(error.message).toContain(template);
  });
});

test("templateVariables lists the names in order, each as often as it stands there", () => {
  expect(templateVariables("{{ b }}-{{a}}-{{ b }}")).toEqual(["b", "a", "b"]);
});

describe("resolveTemplate", () => {
  test("puts values into the holes", () => {
    expect(
      resolveTemplate(
        "redis://{{ host }}:{{ port }}",
        (name) => ({ host: "cache", port: "6379" })[name] ?? "",
      ),
    ).toBe("redis://cache:6379");
  });

  test("a value that looks like a template is not resolved again", () => {
    expect(resolveTemplate("{{ a }}", () => "{{ b }}")).toBe("{{ b }}");
  });

  test("a value with $& stays as it is", () => {
    expect(resolveTemplate("<{{ a }}>", () => "$&$1")).toBe("<$&$1>");
  });

  test("passes on what the lookup throws", () => {
    expect(() =>
      resolveTemplate("{{ a }}", (name) => {
        throw new Error(`no ${name}`);
      }),
    ).toThrow("no a");
  });
});

test.each([
  ["{{ a }}", true],
  ["a", false],
  ["{a}", false],
])("isTemplate(%j) is %s", (text, expected) => {
  expect(isTemplate(text)).toBe(expected);
});
