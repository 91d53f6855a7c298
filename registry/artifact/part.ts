/** The bytes from `start` up to `end` of a stream that cannot begin elsewhere. What ends with the last part is read to its end. */
export async function* part(
  bytes: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for await (const chunk of bytes) {
    const wanted = chunk.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
    offset += chunk.length;
    if (wanted.length > 0) yield wanted;
    // The end of a verified stream is where its digest is judged.
    if (offset >= end && end < size) return;
  }
}
