/** From a component's sources to its binary: hash what is watched, build when that changed, inspect what came out. */
export { componentBytes } from "./component-bytes.ts";
export { type BuildInputs, buildComponent } from "./build-component.ts";
export { hashSources } from "./hash-sources.ts";
export { findBinary } from "./binary.ts";
