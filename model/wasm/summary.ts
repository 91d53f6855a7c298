/** What a WebAssembly binary says about itself. Lists of names are sorted by code units. */
export interface WasmSummary {
  kind: "component" | "module";
  /** Names of the outermost imports: interfaces such as `wasi:http/types@0.2.10`; for a module `module#field`. Sorted. */
  imports: string[];
  exports: string[];
  /**
   * Tool chains that made it or a part of it, the outermost first: field (`language`, `processed-by`, `sdk`) → "name
   * version".
   */
  producers: Record<string, string[]>;
  sizeBytes: number;
  /** Core modules directly in the component; 1 for a module. */
  coreModules: number;
  /** The outermost imports and exports of a component by kind, as a WIT world has them. A module has none. */
  world?: WasmWorld;
  /** Worlds that a module brings along for becoming a component, in sections `component-type…`: `command`. */
  componentTypes: string[];
  /** Of a module its own memories; of a component those of all modules in it, at any depth. */
  memories: WasmMemory[];
  /** Core modules directly in a component, in their order. */
  modules: WasmModule[];
  /** Components directly in a component, in their order. */
  components: WasmComponent[];
  /** The outermost custom sections, in their order. */
  customSections: WasmCustomSection[];
  /** A language runtime in it that imports everything it could use: the imports then say nothing about the program. */
  runtime?: WasmRuntime;
}

export type WasmRuntime = "javascript" | "python";

export interface WasmWorld {
  imports: WasmWorldItems;
  exports: WasmWorldItems;
}

export interface WasmWorldItems {
  /** Instances that have the name of an interface: `wasi:http/types@0.2.10`. */
  interfaces: string[];
  /** Plain functions: `run`. */
  functions: string[];
  /** Instances with a plain name: `clock`. */
  instances: string[];
  /** Types and resources that the world itself uses. */
  types: string[];
  /** Modules, components and values, which WIT cannot write. */
  others: string[];
}

export interface WasmModule {
  sizeBytes: number;
  importCount: number;
  exportCount: number;
  memories: WasmMemory[];
  /** Its own tool chains. */
  producers: Record<string, string[]>;
}

export interface WasmComponent {
  sizeBytes: number;
  imports: string[];
  exports: string[];
  modules: WasmModule[];
  components: WasmComponent[];
  /** Its own tool chains, without those of what is in it. */
  producers: Record<string, string[]>;
}

/** Limits in pages of 64 KiB, or of `pageSizeBytes` where that is given. Numbers above 2^53 are rounded. */
export interface WasmMemory {
  minimumPages: number;
  maximumPages?: number;
  /** Addresses have 64 bits. */
  is64: boolean;
  /** Shared between threads. */
  isShared: boolean;
  /** Defined elsewhere: in a component mostly by another of its modules, which lists it, too. */
  isImported: boolean;
  pageSizeBytes?: number;
}

export interface WasmCustomSection {
  name: string;
  /** Without its name. */
  sizeBytes: number;
}
