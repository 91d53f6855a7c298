/**
 * The files of one component as a tar.gz of the same bytes everywhere: sorted, without times and owners, and with gzip's
 * blocks stored as they are, since deflate gives other bytes on other processors and with other versions of zlib.
 */
import { SpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";

export interface ArchiveFile {
  /** Relative, of normal parts. */
  path: string;
  sizeBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

const blockBytes = 512;
const zeros = new Uint8Array(2 * blockBytes);

/** Tar in the format ustar, with pax records for names that do not fit (POSIX.1-2017, pax). */
export async function* tarOf(files: readonly ArchiveFile[]): AsyncGenerator<Uint8Array> {
  for (const file of [...files].sort((a, b) => byCodeUnit(a.path, b.path))) {
    const name = new TextEncoder().encode(file.path);
    const isLong = name.length > 100 || name.some((byte) => byte > 0x7e);
    if (isLong) {
      const record = paxRecord("path", file.path);
      yield header(new TextEncoder().encode("pax"), record.length, "x");
      yield* padded([record], record.length);
    }
    yield header(isLong ? new TextEncoder().encode("long") : name, file.sizeBytes, "0");
    yield* padded(file.open(), file.sizeBytes, file.path);
  }
  yield zeros;
}

/** The content and zeros up to the next block. ERR_SPIN_ARTIFACT_CONTENT for a file that has changed meanwhile. */
async function* padded(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sizeBytes: number,
  path = "",
): AsyncGenerator<Uint8Array> {
  let written = 0;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > sizeBytes) break;
    yield chunk;
  }
  if (written !== sizeBytes)
    throw new SpinError("ERR_SPIN_ARTIFACT_CONTENT", `The file "${path}" changed while it was read.`);
  const rest = sizeBytes % blockBytes;
  if (rest > 0) yield zeros.subarray(0, blockBytes - rest);
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = new TextEncoder().encode(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return new Uint8Array([...new TextEncoder().encode(String(length)), ...rest]);
}

function header(name: Uint8Array, sizeBytes: number, type: "0" | "x"): Uint8Array {
  const bytes = new Uint8Array(blockBytes);
  const text = (value: string, at: number): void => bytes.set(new TextEncoder().encode(value), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  bytes.set(name, 0);
  text(octal(0o644, 7), 100);
  text(octal(0, 7), 108);
  text(octal(0, 7), 116);
  text(octal(sizeBytes, 11), 124);
  text(octal(0, 11), 136);
  text("        ", 148);
  text(type, 156);
  text("ustar\x0000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  text(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}
