/** The Spin application as data, usable without Pulumi: `import … from "pulumi-spin/model"`. */
export * from "./artifact/index.ts";
export * from "./capability/index.ts";
export type * from "./definition.ts";
export * from "./doctor/index.ts";
export * from "./errors/index.ts";
export * from "./inspection/index.ts";
export * from "./locked-app/index.ts";
export * from "./manifest/index.ts";
export * from "./runtime-config/index.ts";
export * from "./review/index.ts";
export { validateApp } from "./validate/app.ts";
export { validateComponent } from "./validate/component.ts";
export { validateDeployment } from "./validate/deployment.ts";
export { validateGrant } from "./validate/grant.ts";
export { type ManifestReading, readManifest, validateManifest } from "./validate/manifest/index.ts";
export { validateRoute } from "./validate/route.ts";
export { validateVariable } from "./validate/variable.ts";
export { inspectWasm, type WasmSummary } from "./wasm/index.ts";
