/** Binary.md of the component model: `\0asm`, then a version and a layer; layer 1 is a component, layer 0 a core module. */
const magic = [0x00, 0x61, 0x73, 0x6d];

/** What the first eight bytes of a binary say. */
export function binaryKind(bytes: Uint8Array): "component" | "core module" | "no WebAssembly" {
  if (bytes.length < 8 || magic.some((byte, index) => bytes[index] !== byte)) return "no WebAssembly";
  return bytes[6] === 1 ? "component" : "core module";
}
