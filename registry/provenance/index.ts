export { attachProvenance } from "./attach.ts";
