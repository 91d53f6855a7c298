import type { CoreModule } from "./core-module.ts";

/** What a core instance exports, by name: functions, memories, tables, globals. */
export type CoreExports = Readonly<Record<string, unknown>>;

export type CoreImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Declared here, since the compiler's own declaration comes with the whole DOM and knows no JSPI. */
export interface WebAssemblyNamespace {
  Instance: new (module: CoreModule, imports: CoreImports) => { exports: CoreExports };
  Global: new (type: { value: "i32"; mutable: true }, value: number) => { value: number };
  /** JavaScript Promise Integration: Node 24 and later have it. */
  Suspending?: unknown;
  promising?: unknown;
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly;
