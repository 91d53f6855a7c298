import type { ErrorEntry } from "../table.ts";

export const providerErrors = {
} as const satisfies Record<string, ErrorEntry>;
