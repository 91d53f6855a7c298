/** Declared here, since the compiler's own declaration comes with the whole DOM. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<CoreModule> };

/** A `WebAssembly.Module`. */
export type CoreModule = object;

/** Compiles a core module; instances share the result. */
export function compileCoreModule(bytes: Uint8Array): Promise<CoreModule> {
  return WebAssembly.compile(bytes);
}
