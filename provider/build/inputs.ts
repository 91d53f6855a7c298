import type { ComponentBuild, SourceDefinition } from "../../model/definition.ts";

/** The inputs of a `Component` that decide its binary. Paths are relative to the Pulumi project. */
export interface BuildInputs {
  componentId: string;
  source: SourceDefinition;
  build?: ComponentBuild;
}
