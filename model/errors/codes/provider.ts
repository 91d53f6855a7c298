import type { ErrorEntry } from "../table.ts";

export const providerErrors = {
  ERR_SPIN_INPUT_UNKNOWN: {
    fault: "user",
    summary: "A resource was given an input that it does not have.",
    hint: "Remove it, or correct its name.",
  },
  ERR_SPIN_INPUT_MISSING: {
    fault: "user",
    summary: "A resource lacks an input that it needs.",
    hint: "Give the input a value.",
  },
  ERR_SPIN_INPUT_TYPE: {
    fault: "user",
    summary: "An input has another type than the resource expects.",
    hint: "Give a value of the expected type.",
  },
  ERR_SPIN_INPUT_SECRET: {
    fault: "user",
    summary:
      "A Pulumi secret was given to a resource whose inputs end up in plain text in the app's manifest.",
    hint: "Declare a Variable with `secret: true`, let a CapabilityGrant show it to the component, and give its value to the deployment; or, when it is no secret, wrap it in pulumi.unsecret(…).",
  },
  ERR_SPIN_INPUT_ASSET: {
    fault: "user",
    summary: "An input is an asset or archive of Pulumi's, and none of the resources takes one.",
    hint: "Give the path of the file, relative to the project.",
  },
  ERR_SPIN_ROUTE_PATH: {
    fault: "user",
    summary: "A route has both a path and `private: true`, or neither.",
    hint: 'Give `route` a pattern such as "/count", or set `private: true`.',
  },
  ERR_SPIN_APPLICATION_FILES: {
    fault: "user",
    summary:
      "A spin.toml of another folder mounts files by a pattern, which is also their place in the guest.",
    hint: "Put Pulumi.yaml beside spin.toml, or write the mount as { source, destination }.",
  },
  ERR_SPIN_BUILD_WATCH: {
    fault: "user",
    summary: "The files that decide when a component is built are not there.",
    hint: "Correct `build.watch`: globs relative to `build.workdir`.",
  },
  ERR_SPIN_BUILD_TOOL_MISSING: {
    fault: "user",
    summary: "The program that builds a component is not installed.",
    hint: "Install it, or correct `build.command`.",
  },
  ERR_SPIN_BUILD_FAILED: {
    fault: "user",
    summary: "The build of a component ended with an error.",
    hint: "Correct what the build reports, and run again.",
  },
  ERR_SPIN_COMPONENT_MISSING: {
    fault: "user",
    summary: "A component's binary is not where its source says.",
    hint: "Build the component, or correct `source`.",
  },
  ERR_SPIN_COMPONENT_CHANGED: {
    fault: "user",
    summary: "A component's binary changed between planning a deployment and carrying it out.",
    hint: "Run `pulumi up` again.",
  },
  ERR_SPIN_DEPLOYMENT_VARIABLE_MISSING: {
    fault: "user",
    summary: "A deployment gives no value for a variable that the app requires.",
    hint: "Add the variable to `variables`.",
  },
  ERR_SPIN_DEPLOYMENT_VARIABLE_UNKNOWN: {
    fault: "user",
    summary: "A deployment gives a value for a variable that the app does not declare.",
    hint: "Declare it with `Variable`, or remove it.",
  },
  ERR_SPIN_DEPLOYMENT_SOURCE: {
    fault: "user",
    summary: "A deployment has neither an app nor an artifact, or both.",
    hint: "Give `app`, the definition of an App, or `artifact`, that of an Artifact.",
  },
  ERR_SPIN_DEPLOYMENT_ADDRESS: {
    fault: "user",
    summary: "A deployment neither names its port nor waits until the host has found one.",
    hint: "Name the port in `listen`, or leave `waitForReady` out.",
  },
  ERR_SPIN_DEPLOYMENT_EXISTS: {
    fault: "user",
    summary: "The host already has an app of the name that a new deployment wants, and it is another one.",
    hint: "Give the deployment another `name`, or take the app over with `adopt: true`.",
  },
  ERR_SPIN_STATE_NEWER: {
    fault: "user",
    summary: "The state of a resource was written by a newer version of the package.",
    hint: "Install the version of pulumi-spin that wrote the state, or a newer one.",
  },
  ERR_SPIN_OPERATION_TIMEOUT: {
    fault: "remote",
    summary: "An operation took longer than the resource's `customTimeouts` allow.",
    hint: "Run again, or allow more time in `customTimeouts`.",
  },
  ERR_SPIN_OPERATION_CANCELLED: {
    fault: "user",
    summary: "Pulumi was told to stop, and an operation gave up.",
    hint: "Run `pulumi up` again: it goes on from where this ended.",
  },
  ERR_SPIN_RESOURCE_UNKNOWN: {
    fault: "user",
    summary: "State or program name a resource that this version of the package does not have.",
    hint: "Install the version of pulumi-spin that wrote the state, or a newer one.",
  },
  ERR_SPIN_IMPORT_PURE: {
    fault: "user",
    summary: "A resource that exists only in the program was to be imported.",
    hint: "Declare it in the program; the next update records it.",
  },
  ERR_SPIN_IMPORT_DYNAMIC: {
    fault: "user",
    summary: "A dynamic resource was to be imported, for which Pulumi's protocol has no way.",
    hint: "Leave `import` out. A HostDeployment takes over what the host has with `adopt: true`; the plugin can import.",
  },
  ERR_SPIN_GET_MISSING: {
    fault: "user",
    summary: "What was to be read, and not managed, does not exist.",
    hint: "Correct the id, or declare the resource for Pulumi to make it.",
  },
  ERR_SPIN_CONFIG_UNKNOWN: {
    fault: "user",
    summary: "The configuration has a setting that the provider does not know.",
    hint: "Remove it, or correct its name: `pulumi config rm spin:…`.",
  },
  ERR_SPIN_POLICY_SECRET: {
    fault: "user",
    summary: "A policy's remediation would change an input that holds a secret, and store it in plain text.",
    hint: "Report a violation instead; the program's author gives another value.",
  },
} as const satisfies Record<string, ErrorEntry>;
