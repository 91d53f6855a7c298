import type { Manifest, ManifestComponent, ManifestDependency } from "../types.ts";

/** A manifest in the form that Spin loads: each trigger has an id, and no component stands inside a trigger. */
export interface NormalManifest extends Omit<Manifest, "trigger" | "component"> {
  trigger: Record<string, NormalTrigger[]>;
  component: Record<string, NormalComponent>;
}

export interface NormalTrigger {
  id: string;
  component?: string;
  components?: Record<string, string | string[]>;
  dependencies?: Record<string, ResolvedDependency[]>;
  [setting: string]: unknown;
}

export type NormalComponent = Omit<ManifestComponent, "dependencies"> & {
  dependencies?: Record<string, ResolvedDependency>;
};

/** Never another component of the manifest: that one's source has its place. */
export type ResolvedDependency = Exclude<ManifestDependency, { component: string }>;
