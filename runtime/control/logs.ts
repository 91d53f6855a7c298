import { byCodeUnit } from "../../model/json.ts";
import { once } from "node:events";
import { open, readdir } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 250;
/** A log may be larger than memory. */
const chunkBytes = 1024 * 1024;

/** Sends the lines of an app's log files, each under the name of its file; with `follow`, those to come as well. */
export async function sendLogs(
  stateDir: string,
  app: string,
  follow: boolean,
  response: ServerResponse,
): Promise<void> {
  const folder = join(stateDir, "apps", app, "logs");
  const offsets = new Map<string, number>();
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.flushHeaders();
  do {
    for (const file of (await readdir(folder).catch(() => [])).sort(byCodeUnit)) {
      const title = file.replace(/\.\w+$/, "");
      for await (const lines of newLines(join(folder, file), offsets)) {
        for (const line of lines) response.write(`${title} | ${line}\n`);
        if (response.writableNeedDrain)
          await Promise.race([once(response, "drain"), once(response, "close")]);
        if (response.destroyed) return;
      }
    }
    if (follow) await sleep(pollMs);
  } while (follow && !response.destroyed);
  response.end();
}

/** Whole lines after those that were read before; one that is still being written is left for the next time. */
async function* newLines(path: string, offsets: Map<string, number>): AsyncGenerator<string[]> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    const before = offsets.get(path) ?? 0;
    // A file that has become shorter is another one.
    let start = size < before ? 0 : before;
    const chunk = Buffer.alloc(Math.min(chunkBytes, size - start));
    while (start < size) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, start);
      const end = chunk.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      // Nothing but the beginning of a line; a line as long as the chunk is cut.
      const whole = end === 0 && bytesRead === chunkBytes ? bytesRead : end;
      if (whole === 0) break;
      start += whole;
      yield chunk.toString("utf8", 0, whole).replace(/\n$/, "").split("\n");
    }
    offsets.set(path, start);
  } finally {
    await file.close();
  }
}
