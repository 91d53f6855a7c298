import type { ErrorEntry } from "../table.ts";

export const composeErrors = {
  ERR_SPIN_COMPOSE_MODULE: {
    fault: "user",
    summary: "A component or a dependency is a core module, which cannot be composed.",
    hint: "Build it as a component, for example for the target wasm32-wasip2, or with `wasm-tools component new`.",
  },
  ERR_SPIN_COMPOSE_UNMATCHED: {
    fault: "user",
    summary: "A component imports nothing that goes by the name of a dependency.",
    hint: "Name the dependency as the component imports it: `pulumi-spin inspect` lists its imports.",
  },
  ERR_SPIN_COMPOSE_CONFLICT: {
    fault: "user",
    summary: "Several dependencies of a component would satisfy the same import.",
    hint: "Name interfaces, or their versions, so that each import has one dependency.",
  },
  ERR_SPIN_COMPOSE_EXPORT: {
    fault: "user",
    summary: "A dependency does not export what the component imports.",
    hint: 'Build the dependency for the same WIT, or say with `export = "…"` which of its exports it is.',
  },
  ERR_SPIN_COMPOSE_TYPE: {
    fault: "user",
    summary: "A dependency exports something of another type than the component imports.",
    hint: "Build the component and the dependency for the same version of their WIT.",
  },
  ERR_SPIN_COMPOSE_IMPORT: {
    fault: "user",
    summary: "A component and its dependencies import the same name with different types.",
    hint: "Build them for the same version of the WIT package.",
  },
  ERR_SPIN_COMPOSE_RESOURCE: {
    fault: "user",
    summary: "A resource of a dependency would have to be given by the host, or be returned to it.",
    hint: "Give the component all interfaces that share the resource by the same dependency.",
  },
  ERR_SPIN_COMPOSE_MIDDLEWARE: {
    fault: "user",
    summary: "A trigger has dependencies that cannot be composed with its component.",
    hint: "Only `middleware` of an HTTP trigger is composed: components that import and export wasi:http/handler@0.3.0.",
  },
  ERR_SPIN_COMPOSE_UNSUPPORTED: {
    fault: "user",
    summary: "A component uses a part of the component model that WIT cannot write.",
    hint: "Keep the dependencies separate: `compose: false`, or `pulumi-spin push --no-compose`.",
  },
} as const satisfies Record<string, ErrorEntry>;
