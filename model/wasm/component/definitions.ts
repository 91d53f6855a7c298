/** A component as it stands in its binary (component-model, design/mvp/Binary.md): definitions in order, indices as written. */

export type CoreSort =
  | "core func"
  | "core table"
  | "core memory"
  | "core global"
  | "core tag"
  | "core type"
  | "core module"
  | "core instance";

export type Sort = CoreSort | "func" | "value" | "type" | "component" | "instance";

/** An entry of the index space of its sort. */
export interface SortIndex {
  sort: Sort;
  index: number;
}

export interface ComponentDefinition {
  definitions: Definition[];
}

export type Definition =
  | { kind: "core module"; module: CoreModule }
  | { kind: "core instance"; module: number; args: Named<number>[] }
  | { kind: "core exports"; exports: Named<SortIndex>[] }
  | { kind: "core type" }
  | { kind: "component"; component: ComponentDefinition }
  | { kind: "instance"; component: number; args: Named<SortIndex>[] }
  | { kind: "exports"; exports: Named<SortIndex>[] }
  | Alias
  | { kind: "type"; type: TypeDefinition }
  | { kind: "lift"; func: number; options: CanonOptions; type: number }
  | { kind: "lower"; func: number; options: CanonOptions }
  | { kind: "resource.new" | "resource.drop" | "resource.rep"; type: number }
  /** A built-in function of asynchronous ones (WASI 0.3): one more core function. */
  | { kind: "async canon" }
  /** Values, or a start function. */
  | { kind: "values" }
  | { kind: "import"; name: string; type: ExternType }
  | { kind: "export"; name: string; item: SortIndex; type: ExternType | undefined };

export type Named<Value> = readonly [name: string, value: Value];

export type Alias =
  | { kind: "alias export"; sort: Sort; instance: number; name: string }
  | { kind: "alias core export"; sort: CoreSort; instance: number; name: string }
  | { kind: "alias outer"; sort: Sort; count: number; index: number };

export type Encoding = "utf8" | "utf16" | "latin1+utf16";

/** Indices of core memories and core functions. */
export interface CanonOptions {
  encoding: Encoding;
  memory?: number;
  realloc?: number;
  postReturn?: number;
  /** `async`, with or without a callback. */
  isAsync?: boolean;
}

export type Primitive =
  | "bool"
  | "s8"
  | "u8"
  | "s16"
  | "u16"
  | "s32"
  | "u32"
  | "s64"
  | "u64"
  | "f32"
  | "f64"
  | "char"
  | "string";

/** A type index, or a primitive by name. */
export type ValueTypeRef = number | Primitive | "error-context";

export type TypeDefinition =
  | { kind: "primitive"; type: Primitive }
  | { kind: "record"; fields: Named<ValueTypeRef>[] }
  | { kind: "variant"; cases: Named<ValueTypeRef | undefined>[] }
  | { kind: "list" | "option"; of: ValueTypeRef }
  | { kind: "tuple"; items: ValueTypeRef[] }
  | { kind: "flags" | "enum"; names: string[] }
  | { kind: "result"; ok: ValueTypeRef | undefined; err: ValueTypeRef | undefined }
  | { kind: "own" | "borrow"; resource: number }
  | { kind: "stream" | "future"; of: ValueTypeRef | undefined }
  | { kind: "fixed list"; of: ValueTypeRef; length: number }
  | { kind: "map"; key: ValueTypeRef; value: ValueTypeRef }
  | { kind: "error-context" }
  | { kind: "resource"; dtor: number | undefined; is64?: boolean }
  | { kind: "func"; params: Named<ValueTypeRef>[]; result: ValueTypeRef | undefined; isAsync: boolean }
  | { kind: "instance type" | "component type"; declarations: Declaration[] };

/** What stands inside an instance type or a component type. */
export type Declaration =
  | { kind: "core type" }
  | { kind: "type"; type: TypeDefinition }
  | Alias
  | { kind: "import" | "export"; name: string; type: ExternType };

export type ExternType =
  | { kind: "core module" | "func" | "component" | "instance"; type: number }
  | { kind: "type"; bound: number | "resource" }
  | { kind: "value" };

/** A core module inside the component: where its bytes are, and what linking has to know. */
export interface CoreModule {
  offset: number;
  size: number;
  /** Of one of its memories. */
  isShared?: boolean;
  is64?: boolean;
  imports: CoreImport[];
  exports: CoreExport[];
}

export type CoreKind = "func" | "table" | "memory" | "global" | "tag";

export interface CoreImport {
  module: string;
  name: string;
  kind: CoreKind;
  /** Of functions, for example `i32 i64 -> i32`. */
  signature?: string;
}

export interface CoreExport {
  name: string;
  kind: CoreKind;
  signature?: string;
}
