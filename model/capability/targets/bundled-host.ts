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
  lacks: ["middleware", "component dependencies"],
  notes: [],
} as const satisfies Target;
