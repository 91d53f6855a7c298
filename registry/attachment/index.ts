export { attach } from "./attach.ts";
export { type Attached, listAttached } from "./list.ts";
