export { inspectWasm, type WasmSummary } from "./inspect.ts";
