import { describe, expect, test } from "@jest/globals";
import {
  describeIssue,
  type GrantDefinition,
  validateApp,
  type VariableDefinition,
} from "../../../model/index.ts";

const variable = (name: string, value?: string): VariableDefinition => ({
  name,
  required: value === undefined,
  secret: false,
  ...(value === undefined ? {} : { default: value }),
});

function issues(
  grant: Partial<GrantDefinition>,
  variables: (Partial<VariableDefinition> | undefined)[],
): string[] {
  const parts = {
    name: "shop",
    variables,
    components: [{ id: "api", grants: [grant as GrantDefinition] }],
    routes: [{ route: "/", component: "api" }],
  };
  return validateApp(parts).map((found) => `${found.code} ${describeIssue(found)}`);
}

describe("a template", () => {
  test("of a variable names what the app declares", () => {
    expect(issues({ variables: { greeting: "{{ greting }}!" } }, [variable("greeting", "hi")])).toEqual([
      'ERR_SPIN_TEMPLATE_VARIABLE components[0].grants[0].variables.greeting: The template "{{ greting }}!" names the variable "greting", which the app does not declare. Did you mean "greeting"?',
    ]);
  });

  test("of a host names what the app declares", () => {
    expect(issues({ allowedOutboundHosts: ["https://a", "https://{{ host }}"] }, [])).toEqual([
      expect.stringContaining("components[0].grants[0].allowedOutboundHosts[1]: The template"),
    ]);
  });

  test("may name variables that the component does not see itself", () => {
    expect(issues({ allowedOutboundHosts: ["https://{{ host }}"] }, [variable("host")])).toEqual([]);
  });

  test("of a host is judged with the defaults, as Spin does when it loads", () => {
    expect(
      issues({ allowedOutboundHosts: ["{{ scheme }}://{{ host }}"] }, [
        variable("scheme", "https"),
        variable("host", "a.example/x"),
      ]),
    ).toEqual([
      expect.stringMatching(
        /^ERR_SPIN_ALLOWED_HOST .*With the default values of its variables, the allowed host "https:\/\/a.example\/x" has the path/,
      ),
    ]);
  });

  test.each([
    ["is fine with its defaults", "https://{{ host }}", variable("host", "a.example")],
    ["has a variable without a default", "{{ host }}", variable("host")],
    ["is switched off by an empty variable", "{{ host }}", variable("host", "")],
    ["is switched off by an empty variable behind http", "http://{{ host }}", variable("host", "")],
    ["is switched off by an empty variable behind https", "https://{{ host }}", variable("host", "")],
  ])("of a host that %s is no problem", (_what, host, declared) => {
    expect(issues({ allowedOutboundHosts: [host] }, [declared])).toEqual([]);
  });

  test("that is not closed is reported once, and never thrown", () => {
    const found = issues({ allowedOutboundHosts: ["https://{{ host"], variables: { a: "{{ b" } }, []);
    expect(found.map((line) => line.split(" ")[0])).toEqual([
      "ERR_SPIN_TEMPLATE_UNMATCHED",
      "ERR_SPIN_TEMPLATE_UNMATCHED",
    ]);
  });

  test.each([
    ["the variables", undefined],
    ["one of them", [undefined]],
    ["the name of one", [{ required: true }]],
  ])("is not judged while %s is not known", (_what, variables) => {
    const grants = [{ variables: { a: "{{ b }}" } } as unknown as GrantDefinition];
    expect(validateApp({ name: "shop", variables, components: [{ grants }] })).toEqual([]);
  });
});

describe("the same variable in two grants", () => {
  const codes = (one: string, other: string): string[] => {
    const grants = [{ variables: { a: one } }, { variables: { a: other } }] as unknown as GrantDefinition[];
    return validateApp({ components: [{ grants }] }).map(({ code, path }) => `${code} ${path}`);
  };

  test("with different templates is an error", () => {
    expect(codes("{{ x }}", "{{ y }}")).toEqual([
      "ERR_SPIN_GRANT_VARIABLE components[0].grants[1].variables.a",
    ]);
  });

  test("with the same template is fine", () => {
    expect(codes("{{ x }}", "{{ x }}")).toEqual([]);
  });
});
