/** What the host offers of each interface, by name without version, as `runtime/linker/imported-interfaces.ts` words it. */
export type HostInterfaces = Readonly<Record<string, HostInterface>>;

export interface HostInterface {
  /** Resources, records, variants, enums and flags. */
  types: Readonly<Record<string, string>>;
  /** A component may import these and nothing else. */
  functions: Readonly<Record<string, string>>;
}
