/** Writes WebAssembly binaries section by section, for tests of what reads them. */

/** Unsigned LEB128. */
export function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...u32(Math.floor(value / 0x80))];
}

export function name(text: string): number[] {
  const bytes = [...Buffer.from(text)];
  return [...u32(bytes.length), ...bytes];
}

export function section(id: number, content: readonly number[]): number[] {
  return [id, ...u32(content.length), ...content];
}

export function custom(title: string, content: readonly number[]): number[] {
  return section(0, [...name(title), ...content]);
}

/** `"name version"` of tools by field. */
export function producers(fields: Record<string, string[]>): number[] {
  const entries = Object.entries(fields).flatMap(([field, tools]) => [
    ...name(field),
    ...u32(tools.length),
    ...tools.flatMap((tool) => {
      const [title = "", version = ""] = tool.split(" ");
      return [...name(title), ...name(version)];
    }),
  ]);
  return custom("producers", [...u32(Object.keys(fields).length), ...entries]);
}

export function component(...sections: number[][]): Uint8Array {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, ...sections.flat()]);
}

export function module(...sections: number[][]): Uint8Array {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}
