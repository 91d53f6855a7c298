import type { CapabilityKind } from "../capability/uses.ts";

/** What a component may use, and by which ways it is reached. */
export type RightKind = CapabilityKind | "environment" | "route" | "trigger";

/** One thing that an application may do by its manifest. */
export interface Capability {
  /** Component id; "" for the application itself, as with a static response. */
  component: string;
  /** The dependency that has it by inheritance: its name, or `<role> <source>` for one of a trigger. */
  via?: string;
  /** It holds only where this profile is chosen. */
  profile?: string;
  kind: RightKind;
  /**
   * The host entry, label or model; the glob or the source of files; the name of a variable; a route pattern or
   * `private`; for other triggers the type and what calls.
   */
  value: string;
  /** Of files: where the source is mounted. */
  destination?: string;
  /** Of files: patterns that are left out. Sorted. */
  without?: string[];
  /** Of a variable. */
  template?: string;
  /** A variable whose template names a secret one. */
  secret?: true;
}

export const risks = ["low", "medium", "high", "critical"] as const;
export type Risk = (typeof risks)[number];

/** Besides rights: what an application is made of, where that decides who uses the rights. */
export type ChangeKind =
  | RightKind
  | "component"
  | "source"
  | "import"
  | "dependency"
  | "middleware"
  | "app-variable";

export interface CapabilityChange {
  /** `changed` is neither wider nor narrower, or not known to be: another source, template or value. */
  change: "added" | "removed" | "widened" | "narrowed" | "changed";
  risk: Risk;
  /** One sentence for a reviewer. */
  why: string;
  component: string;
  via?: string;
  profile?: string;
  kind: ChangeKind;
  /** As the manifests write it; values that could be secret are left out. Empty for what was not there. */
  before: string[];
  after: string[];
}

/** What an assessment comes to. */
export type Verdict = Pick<CapabilityChange, "risk" | "why">;
