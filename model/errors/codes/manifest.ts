import type { ErrorEntry } from "../table.ts";

export const manifestErrors = {
} as const satisfies Record<string, ErrorEntry>;
