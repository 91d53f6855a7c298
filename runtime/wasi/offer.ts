/**
 * How host functions are written, whichever binding calls them.
 *
 * An interface is an object by the WIT's names: functions in lower camel case (`getRandomBytes`), resources as classes in
 * Pascal case (`OutputStream`), their methods and static functions in lower camel case, `new` for the constructor. Functions
 * of an interface are called without `this`. A resource is one object, owned or borrowed; `[Symbol.dispose]` is called when
 * the guest drops the last handle. Values: numbers, `bigint` for 64 bits, strings, `Uint8Array` and its like for lists of
 * numbers, arrays for other lists and for tuples, objects with camel-case keys for records and flags, strings for enums,
 * `{ tag, val }` for variants and inner results, `undefined` for none (an option in an option has a tag).
 *
 * A function whose WIT result is `result<T, E>` returns T or throws E by `fail` (wit-error.ts); anything else it throws
 * ends the guest. Bytes that it gets are its own; bytes that it returns are copied. Only functions listed in
 * component/waiting-imports.ts may return promises, and should not when the value is there already. A guest can call what
 * component/host-interfaces names and nothing else of these objects, with values of the types that it says there.
 */
export type HostInterface = Record<string, unknown>;

/** What an instance is given: interfaces by name without version, for example `wasi:io/poll`. */
export type HostImports = Record<string, HostInterface>;
