import { spinUp36 } from "./spin-up.ts";
import type { Target } from "./types.ts";

/** SpinKube with containerd-shim-spin v0.24.0, which is made of Spin 3.6.3. */
export const spinkube: Target = {
  ...spinUp36,
  title: "SpinKube with shim 0.24",
  // src/engine.rs and README of the shim; another type fails the pod.
  triggers: ["http", "redis", "mqtt", "sqs", "command"],
  name: {
    // The operator makes a Service of the name (DNS-1123), and labels of `app.<name>.status`, which end at 63 characters
    // (internal/controller).
    pattern: /^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/,
    expected: "at most 52 lower-case letters, digits and dashes, the first a letter",
    // The SpinApp may be called otherwise than the application.
    severity: "warning",
  },
  notes: [
    // Its state folder is the container's.
    "The default key-value store is a file in the pod and lost with it: name another in the runtime configuration.",
    // spin-operator api/v1alpha1/spinapp_types.go.
    "invocationLimits.memory must not exceed the container's memory limit.",
  ],
};
