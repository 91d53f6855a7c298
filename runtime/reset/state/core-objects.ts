/** Of the WebAssembly JavaScript interface, what resetting an instance needs. */

export interface CoreMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

export interface CoreGlobal {
  value: number | bigint;
}

export interface CoreTable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value: unknown): void;
}

export type CoreExports = Readonly<Record<string, unknown>>;
export type CoreImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
