/** gzip without compression (RFC 1952, RFC 1951 3.2.4): the one form of it that is the same everywhere. */
const longestBlockBytes = 65_535;

export async function* gzipStored(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // No name, no time; 255: an unknown system.
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  let crc = 0xffffffff;
  let sizeBytes = 0;
  let held = new Uint8Array(longestBlockBytes);
  let heldBytes = 0;
  for await (const chunk of chunks) {
    crc = updateCrc(crc, chunk);
    sizeBytes += chunk.length;
    for (let at = 0; at < chunk.length;) {
      if (heldBytes === longestBlockBytes) {
        yield blockHeader(heldBytes, false);
        yield held;
        held = new Uint8Array(longestBlockBytes);
        heldBytes = 0;
      }
      const part = chunk.subarray(at, at + longestBlockBytes - heldBytes);
      held.set(part, heldBytes);
      heldBytes += part.length;
      at += part.length;
    }
  }
  yield blockHeader(heldBytes, true);
  yield held.subarray(0, heldBytes);
  yield words((crc ^ 0xffffffff) >>> 0, sizeBytes % 2 ** 32);
}

function blockHeader(sizeBytes: number, isLast: boolean): Uint8Array {
  const inverse = sizeBytes ^ 0xffff;
  return Uint8Array.of(isLast ? 1 : 0, sizeBytes & 0xff, sizeBytes >> 8, inverse & 0xff, inverse >> 8);
}

function words(...values: number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)));
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function updateCrc(crc: number, bytes: Uint8Array): number {
  let value = crc;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return value;
}
