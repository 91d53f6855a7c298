import type { ErrorEntry } from "../table.ts";

export const runtimeErrors = {
} as const satisfies Record<string, ErrorEntry>;
