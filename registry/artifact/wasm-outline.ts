/**
 * A component without what its own interface does not need: nested binaries are replaced by empty ones, so that all
 * numbers stay what they are, and long custom sections are left out. Read in parts from where it lies: of 12 MB some KB.
 */
export type ReadPart = (start: number, length: number) => Promise<Buffer>;

const windowBytes = 16 * 1024;
const preambleBytes = 8;
/** Sections of a component that hold a whole binary (component-model, design/mvp/Binary.md). */
const nestedSections = new Set([1, 4]);
const longestCustomBytes = 4096;
/** More than this is no outline; whoever needs it reads the whole. */
const mostBytes = 1024 * 1024;

/** `undefined` for what is no component, or has no short outline. */
export async function wasmOutline(read: ReadPart, sizeBytes: number): Promise<Buffer | undefined> {
  let held = { start: 0, bytes: Buffer.alloc(0) as Buffer };
  const take = async (start: number, length: number): Promise<Buffer> => {
    const isHeld = start >= held.start && start + length <= held.start + held.bytes.length;
    if (!isHeld)
      held = { start, bytes: await read(start, Math.min(Math.max(length, windowBytes), sizeBytes - start)) };
    return held.bytes.subarray(start - held.start, start - held.start + length);
  };
  if (sizeBytes < preambleBytes) return undefined;
  const preamble = await take(0, preambleBytes);
  if (preamble.toString("latin1") !== "\0asm\x0d\0\x01\0") return undefined;
  const parts: Uint8Array[] = [preamble];
  let outlineBytes = preambleBytes;
  for (let at = preambleBytes; at < sizeBytes;) {
    const header = readHeader(await take(at, Math.min(6, sizeBytes - at)));
    if (header === undefined) return undefined;
    const { id, headerBytes, contentBytes } = header;
    const start = at + headerBytes;
    at = start + contentBytes;
    if (at > sizeBytes) return undefined;
    if (id === 0 && contentBytes > longestCustomBytes) continue;
    const isNested = nestedSections.has(id) && contentBytes >= preambleBytes;
    const keptBytes = isNested ? preambleBytes : contentBytes;
    outlineBytes += keptBytes + headerBytes;
    if (outlineBytes > mostBytes) return undefined;
    parts.push(sectionHeader(id, keptBytes), await take(start, keptBytes));
  }
  return Buffer.concat(parts);
}

interface Header {
  id: number;
  headerBytes: number;
  contentBytes: number;
}

/** An id and a size in LEB128 of at most five bytes. */
function readHeader(bytes: Buffer): Header | undefined {
  let contentBytes = 0;
  for (let index = 1; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    contentBytes += (byte & 0x7f) * 2 ** (7 * (index - 1));
    if (byte < 0x80) return { id: bytes[0] ?? 0, headerBytes: index + 1, contentBytes };
  }
  return undefined;
}

function sectionHeader(id: number, contentBytes: number): Buffer {
  const bytes = [id];
  let rest = contentBytes;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
