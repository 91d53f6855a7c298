import type { ErrorEntry } from "../table.ts";

export const capabilityErrors = {
} as const satisfies Record<string, ErrorEntry>;
