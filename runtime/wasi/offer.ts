/** Host functions and resource classes of one WIT interface, by their names in lower camel case and Pascal case. */
export type HostInterface = Record<string, unknown>;

/** What an instance is given: interfaces by name without version, for example `wasi:io/poll`. */
export type HostImports = Record<string, HostInterface>;
