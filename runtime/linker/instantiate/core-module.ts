/** Declared here, since the compiler's own declaration comes with the whole DOM. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<CoreModule>;
  instantiate(module: CoreModule, imports: object): Promise<{ exports: Readonly<Record<string, unknown>> }>;
};

/** A `WebAssembly.Module`. */
export type CoreModule = object;

/** Compiles a core module; instances share the result. */
export function compileCoreModule(bytes: Uint8Array): Promise<CoreModule> {
  return WebAssembly.compile(bytes);
}

export function instantiateCoreModule(
  module: CoreModule,
  imports: object,
): Promise<{ exports: Readonly<Record<string, unknown>> }> {
  return WebAssembly.instantiate(module, imports);
}
