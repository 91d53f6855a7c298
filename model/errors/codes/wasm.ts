import type { ErrorEntry } from "../table.ts";

export const wasmErrors = {
} as const satisfies Record<string, ErrorEntry>;
