export interface TarEntry {
  /** Relative, with `/`, at most 255 characters. */
  path: string;
  content: Uint8Array;
  isExecutable: boolean;
}

const blockBytes = 512;

/** An archive in POSIX's ustar format: no times, no owners, so that equal entries give equal bytes. */
export function tar(entries: TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content, isExecutable }) => [
    header(path, content.length, isExecutable ? 0o755 : 0o644),
    content,
    Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

function header(path: string, sizeBytes: number, mode: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  const { name, prefix } = split(path);
  block.write(name, 0, 100);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(sizeBytes, 11), 124);
  block.write(octal(0, 11), 136);
  // The checksum is taken with blanks in its own place.
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}

/** A long path is cut at a slash: 155 bytes before it, 100 after. */
function split(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: "" };
  const cut = path.split("/").reduce<number | undefined>((found, _part, index, parts) => {
    const prefix = parts.slice(0, index).join("/");
    const name = parts.slice(index).join("/");
    const fits = Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100;
    return found ?? (fits && index > 0 ? index : undefined);
  }, undefined);
  if (cut === undefined) throw new Error(`${path} is too long for an archive`);
  const parts = path.split("/");
  return { name: parts.slice(cut).join("/"), prefix: parts.slice(0, cut).join("/") };
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, "0")}\0`;
}
