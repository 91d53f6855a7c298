export { bareWasm } from "./bare-wasm.ts";
export { edit } from "./edit/index.ts";
export { partsOf } from "./to-definition.ts";
export { type AppParts, manifestOf } from "./from-definition.ts";
export { kebabProblem, labelProblem, variableNameProblem } from "./identifiers.ts";
export { parseManifest } from "./parse.ts";
export {
  absoluteRoute,
  isReservedRoute,
  parseRoute,
  type RoutePattern,
  routeKey,
  routeProblem,
} from "./route-pattern.ts";
export { synthesize } from "./synthesize.ts";
export { isTemplate, parseTemplate, resolveTemplate, templateVariables } from "./template.ts";
export type {
  ComponentSource,
  ComponentSpec,
  InheritConfiguration,
  Manifest,
  ManifestDependency,
  ManifestProfile,
  ManifestApplication,
  ManifestComponent,
  ManifestTrigger,
  ManifestVariable,
} from "./types.ts";
export { normalizeManifest } from "./normalize/index.ts";
export type {
  NormalComponent,
  NormalManifest,
  NormalTrigger,
  ResolvedDependency,
} from "./normalize/index.ts";
