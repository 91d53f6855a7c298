export interface WasmSummary {
  kind: "component" | "module";
  /** Names of the outermost imports: interfaces such as `wasi:http/types@0.2.10`; for a module `module#field`. Sorted. */
  imports: string[];
  exports: string[];
  /** Tool chains that made it: field (`language`, `processed-by`, `sdk`) → "name version". */
  producers: Record<string, string[]>;
  sizeBytes: number;
  /** Core modules directly in the component; 1 for a module. */
  coreModules: number;
}

/** What the sections of one binary say. */
export interface Found {
  imports: Set<string>;
  exports: Set<string>;
  producers: Record<string, string[]>;
  coreModules: number;
}
