import type { ErrorEntry } from "../table.ts";

export const runtimeErrors = {
  ERR_SPIN_RUNTIME_BLOB_MISSING: {
    fault: "user",
    summary: "A component's bytes were never uploaded to the host, or its state directory was cleared.",
    hint: "Deploy again; the deployment uploads what the host does not have.",
  },
  ERR_SPIN_RUNTIME_BLOB_DIGEST: {
    fault: "bug",
    summary: "Stored bytes do not have the digest that they are stored under.",
    hint: "Delete the blob named here from the state directory and deploy again.",
  },
  ERR_SPIN_RUNTIME_NOT_A_COMPONENT: {
    fault: "user",
    summary: "A component's binary is a core WebAssembly module, or no WebAssembly.",
    hint: "Build for wasm32-wasip2, or turn the module into a component with `jco new` or `wasm-tools component new`.",
  },
  ERR_SPIN_RUNTIME_TRANSPILE: {
    fault: "user",
    summary: "A component's binary is damaged, or uses what the host cannot read.",
    hint: "Build the component again; `wasm-tools validate` says whether the binary is sound.",
  },
  ERR_SPIN_RUNTIME_LINK: {
    fault: "user",
    summary: "The parts of a component do not fit together as the component model asks.",
    hint: "Build the component again; `wasm-tools validate` says whether the binary is sound.",
  },
  ERR_SPIN_RUNTIME_LINK_UNSUPPORTED: {
    fault: "user",
    summary: "A component uses what the host's own linker does not link, such as asynchronous functions.",
    hint: "Nothing: the host runs it with jco, more slowly.",
  },
  ERR_SPIN_RUNTIME_IMPORT: {
    fault: "user",
    summary: "A component imports an interface that the host does not offer.",
    hint: "Build with an SDK for WASI 0.2 and Spin 2 or 3, or choose a target that offers the interface.",
  },
  ERR_SPIN_RUNTIME_EXPORT: {
    fault: "user",
    summary: "A component that a trigger leads to exports no handler that the trigger can call.",
    hint: "Export wasi:http/incoming-handler, which Spin's SDKs do for HTTP components.",
  },
  ERR_SPIN_RUNTIME_MEMORY_LIMIT: {
    fault: "user",
    summary: "A component's memory or table is larger from the beginning than the host lets it become.",
    hint: "Build the component with less initial memory, or raise the deployment's limits.memoryBytes or limits.tableElements.",
  },
  ERR_SPIN_RUNTIME_BUSY: {
    fault: "remote",
    summary:
      "A component has as many requests as it may, running and waiting, or the host's memory is in use; the client gets 503.",
    hint: "Send it again later; raise the deployment's limits.concurrency or limits.queue, or run it on more hosts.",
  },
  ERR_SPIN_RUNTIME_RESET: {
    fault: "bug",
    summary:
      "An instance was not as it was at first after it had been reset; it is thrown away. Only test builds look.",
    hint: "Please report it with the component.",
  },
  ERR_SPIN_RUNTIME_START: {
    fault: "user",
    summary: "A component fails while it is being set up, before any request.",
    hint: "Look at the component's stderr log; its initialization code traps.",
  },
  ERR_SPIN_RUNTIME_HEALTH: {
    fault: "user",
    summary: "A new revision did not become healthy in time; the former one answers on.",
    hint: "Look at the app's logs with `pulumi-spin host logs`, and correct the component or `health`.",
  },
  ERR_SPIN_RUNTIME_LOCKED_APP: {
    fault: "bug",
    summary:
      "A locked application is not of the form that Spin defines, or asks for what this host does not know.",
    hint: "Deploy with a version of pulumi-spin that matches the host's.",
  },
  ERR_SPIN_RUNTIME_VARIABLES: {
    fault: "user",
    summary: "A required variable has no value.",
    hint: "Give it one in the deployment's `variables`.",
  },
  ERR_SPIN_RUNTIME_LISTEN: {
    fault: "user",
    summary: "An address to listen on is malformed, or not one of this machine.",
    hint: "Write host:port, for example 127.0.0.1:3000; port 0 asks for a free one.",
  },
  ERR_SPIN_RUNTIME_PORT_IN_USE: {
    fault: "user",
    summary: "Another process listens on the port.",
    hint: "Stop that process, or choose another port in `listen`; port 0 asks for a free one.",
  },
  ERR_SPIN_RUNTIME_UNKNOWN_APP: {
    fault: "user",
    summary: "The engine runs no app, or holds no revision, of this name.",
    hint: "`pulumi-spin host status` lists the apps.",
  },
  ERR_SPIN_RUNTIME_REQUEST: {
    fault: "bug",
    summary: "The engine was sent something that its protocol does not have.",
    hint: "Stop the host; the next deployment starts one of this version.",
  },
  ERR_SPIN_HOST_NAME: {
    fault: "user",
    summary: "The name of an app cannot be used on a host, where it names a folder.",
    hint: "Use letters, digits, `-` and `_`, at most 63 of them, and begin with a letter or a digit.",
  },
  ERR_SPIN_HOST_NO_APP: {
    fault: "user",
    summary: "The host has no app of this name.",
    hint: "`pulumi-spin host apps` lists the apps; `pulumi up` deploys one.",
  },
  ERR_SPIN_HOST_NOT_RUNNING: {
    fault: "user",
    summary: "A command needs the host, and no host answers for this folder.",
    hint: "Start it with `pulumi-spin host start`; a deployment starts it by itself.",
  },
  ERR_SPIN_HOST_START: {
    fault: "bug",
    summary: "The host was started and did not come up.",
    hint: "Read logs/control.log in the host's folder; its last lines say why.",
  },
  ERR_SPIN_HOST_NODE_TOO_OLD: {
    fault: "user",
    summary: "The host needs a newer Node than the one that runs this program.",
    hint: "Install Node 24 or newer, or add it to the project: npm install --save-dev node@24.",
  },
  ERR_SPIN_HOST_STATE_DIR: {
    fault: "user",
    summary: "The host's folder cannot be made, read or written, or is open to others.",
    hint: "Choose another one with PULUMI_SPIN_HOST_DIR, or correct its permissions.",
  },
  ERR_SPIN_HOST_DISK_FULL: {
    fault: "user",
    summary: "The disk with the host's folder is full.",
    hint: "Free some space, and run again; nothing was lost.",
  },
  ERR_SPIN_HOST_VARIABLE: {
    fault: "user",
    summary: "A value was given for a variable that the app does not declare.",
    hint: "Name one that the app declares, or declare it.",
  },
  ERR_SPIN_HOST_BLOB: {
    fault: "user",
    summary: "A component's upload is not what its digest says, or too large.",
    hint: "Run `pulumi up` again; the file may have changed while it was sent.",
  },
  ERR_SPIN_HOST_REQUEST: {
    fault: "bug",
    summary: "The host was sent something that its admin API does not have.",
    hint: "Stop the host with `pulumi-spin host stop`; the next deployment starts one of this version.",
  },
  ERR_SPIN_HOST_ENGINE: {
    fault: "remote",
    summary: "The engine process ended or does not answer; the host starts another by itself.",
    hint: "Run again; when it comes back, read logs/engine.log in the host's folder.",
  },
  ERR_SPIN_HOST_TIMEOUT: {
    fault: "remote",
    summary: "The host did not answer in time.",
    hint: "Run again; `pulumi-spin host status` says whether the host answers.",
  },
  ERR_SPIN_HOST_ANSWER: {
    fault: "remote",
    summary: "What answers on the host's socket does not answer as a host does.",
    hint: "Stop what listens on control.sock in the host's folder, or the host with `pulumi-spin host stop`, and run again.",
  },
  ERR_SPIN_HOST_CONNECTION: {
    fault: "remote",
    summary: "The connection to the host broke in the middle of a call.",
    hint: "Run again; every call to the host can be repeated safely.",
  },
  ERR_SPIN_HOST_STATE_NEWER: {
    fault: "user",
    summary: "The host's database was written by a later version of this package.",
    hint: "Upgrade pulumi-spin, or choose another folder with PULUMI_SPIN_HOST_DIR.",
  },
  ERR_SPIN_HOST_STATE_CORRUPT: {
    fault: "user",
    summary: "The host's database is damaged.",
    hint: "Stop the host, move host.db out of its folder, and deploy again; key-value data lies elsewhere.",
  },
  ERR_SPIN_HOST_INTERNAL: {
    fault: "bug",
    summary: "The host failed in a way that it has no name for.",
    hint: "Please report it with the last lines of logs/control.log in the host's folder.",
  },
  ERR_SPIN_CLI_USAGE: {
    fault: "user",
    summary: "The command line has an unknown command or flag, or misses an argument.",
    hint: "Run `pulumi-spin help`.",
  },
  ERR_SPIN_DOCTOR_CHANGED: {
    fault: "user",
    summary: "A manifest was changed by somebody else while its fixes were decided. Nothing was written.",
    hint: "Run `pulumi-spin doctor --fix` again.",
  },
  ERR_SPIN_IMPORT: {
    fault: "user",
    summary: "A manifest says something that no resource can say.",
    hint: "Remove it from spin.toml, or keep this application as a spin.toml.",
  },
  ERR_SPIN_IMPORT_EXISTS: {
    fault: "user",
    summary: "A program would be written where one is already.",
    hint: "Give another place with --out, or replace it with --yes.",
  },
  ERR_SPIN_MANIFEST_FILE: {
    fault: "user",
    summary: "There is no manifest where one was named.",
    hint: "Give the path of a spin.toml, of its folder, or of a .wasm file.",
  },
} as const satisfies Record<string, ErrorEntry>;
