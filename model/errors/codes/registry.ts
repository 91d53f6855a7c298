import type { ErrorEntry } from "../table.ts";

export const registryErrors = {
} as const satisfies Record<string, ErrorEntry>;
