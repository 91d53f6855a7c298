import type { Limits } from "./limits.ts";
import type { WasmCustomSection, WasmMemory } from "./summary.ts";

/** What the sections of one binary say; what is in it has its own. */
export interface Found {
  kind: "component" | "module";
  sizeBytes: number;
  /** By name. A module may import a name more than once, a component may not. */
  imports: Map<string, ExternKind>;
  exports: Map<string, ExternKind>;
  importCount: number;
  exportCount: number;
  memories: WasmMemory[];
  modules: Found[];
  components: Found[];
  customSections: WasmCustomSection[];
  /** Names of the worlds in the sections `component-type…` of a module. */
  componentTypes: string[];
  producers: Producers;
  limits: Limits;
}

/** Things that modules and components import and export. */
export type ExternKind =
  | "component"
  | "function"
  | "global"
  | "instance"
  | "memory"
  | "module"
  | "table"
  | "tag"
  | "type"
  | "value";

/** Field → "name version" of tools. */
export type Producers = Map<string, Set<string>>;

export function nothingFound(kind: Found["kind"], sizeBytes: number, limits: Limits): Found {
  return {
    kind,
    sizeBytes,
    imports: new Map(),
    exports: new Map(),
    importCount: 0,
    exportCount: 0,
    memories: [],
    modules: [],
    components: [],
    customSections: [],
    componentTypes: [],
    producers: new Map(),
    limits,
  };
}
