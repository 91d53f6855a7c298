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
    hint: "Write `spin_manifest_version = 2`; `pulumi-spin doctor --fix` converts older manifests.",
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
  ERR_SPIN_MANIFEST_ISSUES: {
    fault: "user",
    summary: "A manifest has more problems than are listed.",
    hint: "Correct those that are listed, then check again.",
  },
  ERR_SPIN_TEMPLATE_UNMATCHED: {
    fault: "user",
    summary: "A template opens `{{` and does not close it.",
    hint: 'Close it: "{{ name }}".',
  },
  ERR_SPIN_TEMPLATE_VARIABLE: {
    fault: "user",
    summary: "A template names a variable that the application does not declare.",
    hint: "Declare it: in a program with `Variable`, listed in the app's `variables`; in spin.toml below [variables].",
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
    hint: "Name it, for example web-shop.",
  },
  ERR_SPIN_APP_ROUTES: {
    fault: "user",
    summary: "An application has no routes and no other triggers, so nothing would ever run.",
    hint: 'Add a Route, for example new Route("all", { route: "/...", component }).',
  },
  ERR_SPIN_APPLICATION_TRIGGER: {
    fault: "user",
    summary: "Settings for all triggers of a type are missing, wrong or no longer used.",
    hint: "Correct the table [application.trigger.<type>].",
  },
  ERR_SPIN_COMPONENT_TARGETS: {
    fault: "user",
    summary: "A target environment is neither a name with a version, nor a URL, nor a path.",
    hint: 'Write "spin-up:4.0", { url = "https://…" } or { path = "environment.toml" }.',
  },
  ERR_SPIN_TRIGGER_ID: {
    fault: "user",
    summary: "Two triggers have the same id; Spin would mix them up without a word.",
    hint: "Give one of them another id, or leave `id` out.",
  },
  ERR_SPIN_TRIGGER_SETTING: {
    fault: "user",
    summary: "A setting of a trigger is missing, unknown or of the wrong type.",
    hint: "Correct it: the http trigger takes route, component or static_response, executor; redis takes channel, component, address.",
  },
  ERR_SPIN_TRIGGER_COMPONENT: {
    fault: "user",
    summary: "A trigger leads to no component, or to one that the application does not have.",
    hint: "Correct the id, or add the component: in a program to the app's `components`, in spin.toml as [component.<id>].",
  },
  ERR_SPIN_TRIGGER_EXECUTOR: {
    fault: "user",
    summary: "An HTTP trigger names an executor that Spin does not have, or one that is going away.",
    hint: 'Leave `executor` out: Spin finds the handler in the component. Wagi is written { type = "wagi" }.',
  },
  ERR_SPIN_COMPONENT_BUILD: {
    fault: "user",
    summary: "The build of a component has no command, has two, or leaves the application's folder.",
    hint: "Give a workdir relative to the folder of spin.toml, without `..`.",
  },
  ERR_SPIN_COMPONENT_FILES: {
    fault: "user",
    summary: "Files of a component are named in a way that Spin refuses or places where nobody expects them.",
    hint: 'Write { source = "assets", destination = "/assets" }, or a glob such as "assets/**/*".',
  },
  ERR_SPIN_COMPONENT_DEPRECATED: {
    fault: "user",
    summary: "A manifest uses a key that Spin is giving up. A warning.",
    hint: "Use the key that has taken its place.",
  },
  ERR_SPIN_DEPENDENCY_NAME: {
    fault: "user",
    summary: "The name of a dependency is none that a component could import.",
    hint: 'Names are "ns:pkg", "ns:pkg@1.0.0", "ns:pkg/interface", "ns:pkg/interface@1.0.0" or a plain kebab word.',
  },
  ERR_SPIN_DEPENDENCY_FORM: {
    fault: "user",
    summary:
      "A dependency does not say where its component comes from, or says it in a way that Spin refuses.",
    hint: 'Write a version such as "^1.2", or a table with version, path, url and digest, or component.',
  },
  ERR_SPIN_DEPENDENCY_CONFLICT: {
    fault: "user",
    summary: "Two dependencies of a component claim the same import.",
    hint: "Keep one, or give them different interfaces or incompatible versions.",
  },
  ERR_SPIN_DEPENDENCY_COMPONENT: {
    fault: "user",
    summary: "A dependency is a component that the manifest does not have, or one with authority of its own.",
    hint: "A component that others depend on has no files, stores, hosts, variables or environment of its own.",
  },
  ERR_SPIN_DEPENDENCY_INHERIT: {
    fault: "user",
    summary: "What a dependency inherits is unknown to Spin, or said twice.",
    hint: 'Say it for each dependency: inherit_configuration = true, or a list such as ["key_value_stores"].',
  },
  ERR_SPIN_LOCK_SELECTION: {
    fault: "user",
    summary: "Components were selected that are not there, or that call others which would be left out.",
    hint: "Select the components that it calls as well, or correct the id.",
  },
  ERR_SPIN_LOCK_CONTENT: {
    fault: "bug",
    summary:
      "An application with files or dependencies was locked without anything that says what is in them.",
    hint: "Give lockApp a ContentResolver.",
  },
  ERR_SPIN_PROFILE_UNKNOWN: {
    fault: "user",
    summary: "No component has the profile that was chosen.",
    hint: "Correct its name, or add a table [component.<id>.profile.<name>].",
  },
  ERR_SPIN_MANIFEST_OLD: {
    fault: "user",
    summary: "A manifest is of version 1. A warning.",
    hint: "Convert it: `pulumi-spin doctor --fix`, or `pulumi-spin synth` for the text alone.",
  },
  ERR_SPIN_MANIFEST_SCHEMA: {
    fault: "user",
    summary: "A manifest does not tell editors its schema.",
    hint: "Write `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json` in its first line.",
  },
  ERR_SPIN_VARIABLE_UNUSED: {
    fault: "user",
    summary: "A variable is declared and nothing names it. A warning.",
    hint: 'Remove it, or name it in a template: "{{ name }}".',
  },
  ERR_SPIN_ROUTE_SHADOWED: {
    fault: "user",
    summary: "Other routes match everything that a route matches, and are preferred. A warning.",
    hint: "Remove it, or change one of the others.",
  },
  ERR_SPIN_DEPENDENCY_UNPINNED: {
    fault: "user",
    summary: "A dependency may be another version with the next build. A warning.",
    hint: 'Name one version, for example "=1.2.3".',
  },
} as const satisfies Record<string, ErrorEntry>;
