import type { Target } from "./types.ts";

/**
 * Fermyon Cloud, by fermyon/cloud-plugin src/commands/deploy.rs (2025-08-21). Which interfaces it links is documented
 * nowhere, so imports and exports are not judged.
 */
export const fermyonCloud: Target = {
  title: "Fermyon Cloud",
  // Other types are refused before anything is pushed.
  triggers: ["http"],
  refuses: [],
  // CLOUD_SUPPORTED_FEATURES is empty. Dependencies are pushed as they are and composed there.
  lacks: ["service chaining", "middleware"],
  takesModules: true,
  name: {
    pattern: /^[A-Za-z0-9_-]+$/,
    expected: 'letters, digits, "-" and "_"',
    severity: "error",
  },
  notes: [
    // Labels are linked to stores and databases of the account (`--link`).
    "Each key-value store and SQLite database is linked to one of the account.",
    "Values of variables cannot be read back.",
  ],
};
