import { at, wasi02 } from "./interfaces.ts";
import type { Target } from "./types.ts";

const handlers = at("0.2", "wasi:http/incoming-handler");

/** The host of this package (runtime/): its folders say what it does. */
export const bundledHost = {
  title: "the bundled host",
  imports: [...wasi02(), "fermyon:spin/key-value@2.0.0", "fermyon:spin/variables@2.0.0"],
  exports: handlers,
  calls: { http: handlers },
  // runtime/engine/locked-app.ts reads no other trigger, and composes nothing.
  triggers: ["http"],
  refuses: ["sqliteDatabases", "aiModels", "files"],
  lacks: ["middleware", "component dependencies", "Wagi"],
  // The name is a folder's (runtime/control); a deployment may give another one than the application's.
  name: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    expected: "at most 63 letters, digits, `-` and `_`, the first a letter or digit",
    severity: "error",
  },
  notes: [],
} as const satisfies Target;
