export { cycloneDxSbom, sbomMediaType } from "./cyclonedx.ts";
