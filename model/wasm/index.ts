export { inspectWasm } from "./inspect.ts";
export type { WasmSummary } from "./summary.ts";
