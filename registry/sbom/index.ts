export { attachSbom, readSboms } from "./attach.ts";
export { sbomOf } from "./of-files.ts";
