import { byCodeUnit } from "../../model/json.ts";
import type { ServerResponse } from "node:http";
import { open, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 250;

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
      const { text, end } = await readLines(join(folder, file), offsets.get(file) ?? 0);
      offsets.set(file, end);
      const title = basename(file).replace(/\.\w+$/, "");
      for (const line of text.split("\n").slice(0, -1)) response.write(`${title} | ${line}\n`);
    }
    if (follow) await sleep(pollMs);
  } while (follow && !response.destroyed);
  response.end();
}

/** Whole lines from an offset on; a line that is still being written is left for the next time. */
async function readLines(path: string, offset: number): Promise<{ text: string; end: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = size < offset ? 0 : offset;
    const bytes = Buffer.alloc(size - start);
    await file.read(bytes, 0, bytes.length, start);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    return { text: bytes.toString("utf8", 0, whole), end: start + whole };
  } finally {
    await file.close();
  }
}
