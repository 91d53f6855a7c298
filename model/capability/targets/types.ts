/** What a place where applications run can do. */
export interface Target {
  /** As people call it. */
  title: string;
  /**
   * Interfaces that a component may import, by semver track: `wasi:io/streams@0.2` serves every 0.2.x. Left out where
   * nobody says what there is: then nothing is judged.
   */
  imports?: readonly string[];
  /** Interfaces of which a component exports one, to be called by a trigger. */
  exports?: readonly string[];
  /** The same by trigger type; a type that is not here is called in ways that only its plugin knows. */
  calls?: Readonly<Record<string, readonly string[]>>;
  /** Trigger types that run; left out where more can be installed. */
  triggers?: readonly string[];
  /** Grants that the target cannot honour. */
  refuses: readonly Refusal[];
  lacks: readonly Feature[];
  /** Core modules are made components when they are loaded (crates/componentize). */
  takesModules?: boolean;
  /** Bytes of all binaries together. */
  maxAppBytes?: number;
  name?: NameRule;
  /** Sentences on how the rest differs: memory, time, stores. For people; each is a fact with its source beside it. */
  notes: readonly string[];
}

export type Refusal = "sqliteDatabases" | "aiModels" | "files";

/** Parts of an application that not every host knows. */
export type Feature =
  /** Calls to `<component>.spin.internal`: the host requirement `local_service_chaining`. */
  | "service chaining"
  /** Dependencies of triggers: the host requirement `middleware`. */
  | "middleware"
  /** Components that are put together of several binaries when they are loaded. */
  | "component dependencies"
  /** HTTP triggers that answer by themselves. */
  | "static responses"
  /** Modules for WASI 0.1 that are run as CGI programs: the executor `wagi`. */
  | "Wagi";

export interface NameRule {
  pattern: RegExp;
  /** What the pattern says, as the end of "expected …". */
  expected: string;
  severity: "error" | "warning";
}
