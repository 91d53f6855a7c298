import { describe, expect, test } from "@jest/globals";
import {
  type AppDefinition,
  type ComponentDefinition,
  describeIssue,
  type GrantDefinition,
  type Issue,
  validateApp,
} from "../../../model/index.ts";
import { grant } from "../../support/grant.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

function component(id: string, ...grants: GrantDefinition[]): ComponentDefinition {
  return {
    id,
    source: `${id}.wasm`,
    environment: {},
    grants,
    digest: `sha256:${"0".repeat(64)}`,
    size: 8,
    imports: [],
    exports: ["wasi:http/incoming-handler@0.2.0"],
  };
}

type Parts = Pick<AppDefinition, "name" | "variables" | "components" | "routes">;

function parts(members: Partial<Parts> = {}): Parts {
  return {
    name: "shop",
    variables: [{ name: "greeting", default: "hi", required: false, secret: false }],
    components: [component("api", grant({ variables: { text: "{{ greeting }}" } }))],
    routes: [{ route: "/...", component: "api" }],
    ...members,
  };
}

test("a whole app is fine", () => {
  expect(validateApp(parts())).toEqual([]);
});

describe("validateApp refuses", () => {
  const token = { name: "token", required: true, secret: true };

  test.each([
    ["a name of nothing but blanks", { name: "  " }, ["ERR_SPIN_APP_NAME at name"]],
    ["no routes", { routes: [], components: [] }, ["ERR_SPIN_APP_ROUTES at routes"]],
    [
      "two variables of one name",
      { variables: [token, token], components: [component("api")] },
      ["ERR_SPIN_VARIABLE_DUPLICATE at variables[1].name"],
    ],
    [
      "two components of one id",
      { components: [component("api"), component("api")] },
      ["ERR_SPIN_COMPONENT_DUPLICATE at components[1].id"],
    ],
    [
      "two equal routes",
      {
        routes: [
          { route: "/a", component: "api" },
          { route: "/a", component: "api" },
        ],
        components: [component("api")],
      },
      ["ERR_SPIN_ROUTE_DUPLICATE at routes[1].route"],
    ],
    [
      "two routes that differ in a trailing slash",
      {
        routes: [
          { route: "/a", component: "api" },
          { route: "/a/", component: "api" },
        ],
        components: [component("api")],
      },
      ["ERR_SPIN_ROUTE_DUPLICATE at routes[1].route"],
    ],
    [
      "two routes that differ in the name of a parameter",
      {
        routes: [
          { route: "/:a", component: "api" },
          { route: "/:b", component: "api" },
        ],
        components: [component("api")],
      },
      ["ERR_SPIN_ROUTE_DUPLICATE at routes[1].route"],
    ],
    [
      "a route to a component that is not there",
      {
        routes: [
          { route: "/", component: "api" },
          { route: "/b", component: "apj" },
        ],
        components: [component("api")],
      },
      ["ERR_SPIN_ROUTE_COMPONENT at routes[1].component"],
    ],
    [
      "a route to nothing",
      { routes: [{ route: "/" }], components: [] },
      ["ERR_SPIN_ROUTE_TARGET at routes[0]"],
    ],
    [
      "a template over a variable that is not declared",
      { components: [component("api", grant(), grant({ variables: { text: "{{ greting }}" } }))] },
      ["ERR_SPIN_TEMPLATE_VARIABLE at components[0].grants[1].variables.text"],
    ],
    [
      "a host over a variable that is not declared",
      {
        components: [
          component("api", grant({ allowedOutboundHosts: ["https://a.example", "https://{{ upstream }}"] })),
        ],
      },
      ["ERR_SPIN_TEMPLATE_VARIABLE at components[0].grants[0].allowedOutboundHosts[1]"],
    ],
    [
      "a host that its variable's default makes one that cannot be",
      { components: [component("api", grant({ allowedOutboundHosts: ["{{ greeting }}"] }))] },
      ["ERR_SPIN_ALLOWED_HOST at components[0].grants[0].allowedOutboundHosts[0]"],
    ],
    [
      "two templates for one variable of a component",
      { components: [component("api", grant({ variables: { a: "x" } }), grant({ variables: { a: "y" } }))] },
      ["ERR_SPIN_GRANT_VARIABLE at components[0].grants[1].variables.a"],
    ],
  ])("%s", (_what, members, expected) => {
    const issues = validateApp(parts(members as Partial<Parts>));
    expect(found(issues.filter(({ severity }) => severity === "error"))).toEqual(expected);
  });

  test("everything at once, and says all of it", () => {
    const issues = validateApp(
      parts({
        name: "",
        components: [component("api"), component("api")],
        routes: [
          { route: "/a/.../b", component: "other" },
          { route: "/.well-known/spin/x", component: "api" },
        ],
      }),
    );
    expect(found(issues).sort()).toEqual([
      "ERR_SPIN_APP_NAME at name",
      "ERR_SPIN_COMPONENT_DUPLICATE at components[1].id",
      "ERR_SPIN_ROUTE_COMPONENT at routes[0].component",
      "ERR_SPIN_ROUTE_PATTERN at routes[0].route",
      "ERR_SPIN_ROUTE_RESERVED at routes[1].route",
    ]);
  });
});

describe("validateApp allows", () => {
  test.each([
    [
      "several private routes",
      {
        routes: [
          { route: { private: true }, component: "api" },
          { route: { private: true }, component: "api" },
        ],
      },
    ],
    [
      "an exact route beside its wildcard",
      {
        routes: [
          { route: "/a", component: "api" },
          { route: "/a/...", component: "api" },
        ],
      },
    ],
    [
      "a static response without any component",
      { components: [], routes: [{ route: "/", staticResponse: { statusCode: 200, headers: {} } }] },
    ],
    [
      "an empty default that switches a host off",
      {
        variables: [{ name: "host", default: "", required: false, secret: false }],
        components: [component("api", grant({ allowedOutboundHosts: ["https://{{ host }}"] }))],
      },
    ],
    [
      "a host over a variable without a default",
      {
        variables: [{ name: "host", required: true, secret: false }],
        components: [component("api", grant({ allowedOutboundHosts: ["https://{{ host }}:*"] }))],
      },
    ],
  ])("%s", (_what, members) => {
    expect(validateApp(parts(members as Partial<Parts>))).toEqual([]);
  });

  test("a component that no route leads to, with a warning", () => {
    const issues = validateApp(parts({ components: [component("api"), component("worker")] }));
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_COMPONENT_UNREACHED", severity: "warning", path: "components[1]" },
    ]);
  });
});

describe("nothing is said about what is not known yet", () => {
  test.each([
    ["nothing at all", {}],
    ["all lists", { name: undefined, variables: undefined, components: undefined, routes: undefined }],
    [
      "all members of the lists",
      { name: "shop", variables: [undefined], components: [undefined], routes: [undefined] },
    ],
    ["the components, while a route names one", { name: "shop", routes: [{ route: "/", component: "api" }] }],
    [
      "one id among the components",
      { components: [{ id: undefined }], routes: [{ route: "/", component: "api" }] },
    ],
    [
      "the component of a route",
      { components: [component("api")], routes: [{ route: "/", component: undefined }] },
    ],
    ["the routes, while there are components", { components: [component("api")], variables: [] }],
    [
      "the variables, while a template names one",
      { components: [component("api", grant({ variables: { a: "{{ b }}" } }))] },
    ],
    [
      "the name of one variable",
      {
        variables: [{ name: undefined }],
        components: [component("api", grant({ variables: { a: "{{ b }}" } }))],
      },
    ],
    [
      "a template",
      { variables: [], components: [component("api", { variables: { a: undefined } } as never)] },
    ],
    ["a grant", { variables: [], components: [component("api", undefined as never)] }],
    ["all grants of a component", { variables: [], components: [{ id: "api", grants: undefined }] }],
  ])("%s", (_what, members) => {
    expect(validateApp(members as never)).toEqual([]);
  });
});

test("a newcomer reads what is wrong, where, and what to do", () => {
  const issues = validateApp(
    parts({
      name: "",
      components: [component("api", grant({ variables: { text: "{{ greting }}" } }))],
      routes: [
        { route: "/a", component: "apj" },
        { route: "/a/", component: "api" },
      ],
    }),
  );
  expect(issues.map(describeIssue)).toEqual([
    "name: The app's name is empty. Name it, for example web-shop.",
    expect.stringMatching(
      /^routes\[1\]\.route: .*"\/a\/?".*routes\[0\].*\. Remove one, or change its path\.$/,
    ),
    'routes[0].component: The route leads to the component "apj", but the app has only "api". Did you mean "api"?',
    'components[0].grants[0].variables.text: The template "{{ greting }}" names the variable "greting", which the app does not declare. Did you mean "greeting"?',
  ]);
});
