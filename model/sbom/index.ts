export { cycloneDxSbom } from "./cyclonedx.ts";
