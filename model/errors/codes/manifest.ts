import type { ErrorEntry } from "../table.ts";

export const manifestErrors = {
  ERR_SPIN_MANIFEST_TOML: {
    fault: "user",
    summary: "A manifest is no valid TOML.",
    hint: "Correct the text at this line and column.",
  },
  ERR_SPIN_MANIFEST_VERSION: {
    fault: "user",
    summary: "A manifest is of a version that cannot be read.",
    hint: "Write `spin_manifest_version = 2`; `spin doctor` converts older manifests.",
  },
  ERR_SPIN_MANIFEST_MISSING: {
    fault: "user",
    summary: "A manifest lacks a table or a key that Spin requires.",
    hint: "Add it.",
  },
  ERR_SPIN_MANIFEST_KEY: {
    fault: "user",
    summary: "A manifest has a key that Spin does not know.",
    hint: "Remove it, or correct its spelling.",
  },
  ERR_SPIN_MANIFEST_TYPE: {
    fault: "user",
    summary: "A value in a manifest is of another type than Spin expects.",
    hint: "Give it the type that is expected.",
  },
  ERR_SPIN_TEMPLATE_UNMATCHED: {
    fault: "user",
    summary: "A template opens `{{` and does not close it.",
    hint: 'Close it: "{{ name }}".',
  },
  ERR_SPIN_TEMPLATE_VARIABLE: {
    fault: "user",
    summary: "A template names a variable that the application does not declare.",
    hint: "Declare it with `Variable` and list it in the app's `variables`.",
  },
  ERR_SPIN_VARIABLE_NAME: {
    fault: "user",
    summary: "A variable's name breaks Spin's rules.",
    hint: "Use lower snake case, for example api_token.",
  },
  ERR_SPIN_VARIABLE_VALUE: {
    fault: "user",
    summary: "A variable has both a default and `required`, or neither.",
    hint: "Give it a default, or make it required and let the deployment give the value.",
  },
  ERR_SPIN_VARIABLE_SECRET_DEFAULT: {
    fault: "user",
    summary: "A secret variable has a default, which every manifest and artifact would hold in plain text.",
    hint: "Remove `default`, and give the value to the deployment: variables: { name: config.requireSecret(…) }.",
  },
  ERR_SPIN_VARIABLE_DUPLICATE: {
    fault: "user",
    summary: "Two variables of an application have the same name.",
    hint: "Remove one of them.",
  },
  ERR_SPIN_COMPONENT_ID: {
    fault: "user",
    summary: "A component's id breaks Spin's rules.",
    hint: "Use kebab case, each word beginning with a letter: image-resizer.",
  },
  ERR_SPIN_COMPONENT_SOURCE: {
    fault: "user",
    summary: "A component's source is no place where a binary could be.",
    hint: "Give the path of a .wasm file, relative to the project, or a URL with its digest.",
  },
  ERR_SPIN_COMPONENT_ENVIRONMENT: {
    fault: "user",
    summary: "An environment variable of a component cannot be set.",
    hint: 'Give it a name without "=" and a value without NUL.',
  },
  ERR_SPIN_COMPONENT_DUPLICATE: {
    fault: "user",
    summary: "Two components of an application have the same id.",
    hint: "Give one of them another id.",
  },
  ERR_SPIN_COMPONENT_UNREACHED: {
    fault: "user",
    summary: "No route leads to a component, so it would never run. A warning.",
    hint: "Add a Route to it (private: true when only other components call it), or remove the component.",
  },
  ERR_SPIN_ROUTE_PATTERN: {
    fault: "user",
    summary: "A route's pattern makes no sense.",
    hint: 'Patterns are "/exact", "/users/:id" and "/files/...".',
  },
  ERR_SPIN_ROUTE_RESERVED: {
    fault: "user",
    summary: "A route lies below /.well-known/spin, which the host answers itself.",
    hint: "Choose another path.",
  },
  ERR_SPIN_ROUTE_RESPONSE: {
    fault: "user",
    summary: "A static response cannot be sent over HTTP.",
    hint: "Correct the status code or the header.",
  },
  ERR_SPIN_ROUTE_TARGET: {
    fault: "user",
    summary: "A route has both a component and a static response, or neither.",
    hint: "Give it exactly one of `component` and `staticResponse`.",
  },
  ERR_SPIN_ROUTE_DUPLICATE: {
    fault: "user",
    summary: "Two routes of an application match the same paths.",
    hint: "Remove one, or change its path.",
  },
  ERR_SPIN_ROUTE_COMPONENT: {
    fault: "user",
    summary: "A route leads to a component that the application does not have.",
    hint: "Add the component to the app's `components`, or correct the id.",
  },
  ERR_SPIN_APP_NAME: {
    fault: "user",
    summary: "An application's name cannot be used.",
    hint: "Use kebab case, for example web-shop.",
  },
  ERR_SPIN_APP_ROUTES: {
    fault: "user",
    summary: "An application has no routes, so nothing would ever run.",
    hint: 'Add a Route, for example new Route("all", { route: "/...", component }).',
  },
} as const satisfies Record<string, ErrorEntry>;
