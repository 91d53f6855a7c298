export { inspectWasm } from "./inspect.ts";
export type { WasmMemory, WasmSummary, WasmWorldItems } from "./summary.ts";
