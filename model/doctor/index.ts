export { applyFixes } from "./apply.ts";
export { examine } from "./examine.ts";
export type { Edit, Finding, Fix } from "./finding.ts";
export type { Surroundings } from "./subject.ts";
