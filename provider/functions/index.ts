import type { FunctionDefinition } from "../definition/function.ts";
import { checkTargets } from "./check-targets.ts";
import { diffCapabilities } from "./diff-capabilities.ts";
import { getApp } from "./get-app.ts";
import { getArtifact } from "./get-artifact.ts";
import { inspectComponent } from "./inspect-component.ts";

/** Every function there is. A new one is one file beside these and one line here. */
export const functions: readonly FunctionDefinition[] = [
  checkTargets,
  diffCapabilities,
  getApp,
  getArtifact,
  inspectComponent,
];
