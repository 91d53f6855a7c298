import type { Target } from "./types.ts";

/**
 * Akamai Functions, by techdocs.akamai.com and internal/resources/aka.md of akamai-functions-mcp-server (plugin `aka` 0.7).
 * Which interfaces it links is documented nowhere, so imports and exports are not judged.
 */
export const akamaiFunctions: Target = {
  title: "Akamai Functions",
  // "HTTP trigger only", "no custom triggers", "no SQLite"; service chaining and component dependencies are said to work.
  triggers: ["http"],
  refuses: ["sqliteDatabases"],
  lacks: [],
  takesModules: true,
  maxAppBytes: 50 * 1024 * 1024,
  notes: [
    // The same pages, "limits".
    "An instance has 128 MiB of memory and 30 seconds; requests and responses have 10 MiB each.",
    "A key-value store has 2 GB, values of 1 MB, 1000 reads and 50 writes per second.",
    "A deployment replaces all variables: give each of them every time.",
  ],
};
