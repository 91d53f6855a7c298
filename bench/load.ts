import { readFileSync } from "node:fs";
import { Pool } from "undici";

export interface Load {
  requestsPerSecond: number;
  /** User and system time of the server process for each request. */
  cpuMicroseconds: number;
}

/** /proc counts in these; it is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Keeps `connections` requests under way for `seconds`, after a warm-up of a third of it. */
export async function load(url: string, pid: number, { connections = 20, seconds = 3 } = {}): Promise<Load> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  try {
    await requestFor(pool, pathname, connections, seconds / 3);
    const before = cpuSeconds(pid);
    const startedAt = performance.now();
    const requests = await requestFor(pool, pathname, connections, seconds);
    const tookSeconds = (performance.now() - startedAt) / 1000;
    const cpu = cpuSeconds(pid) - before;
    return { requestsPerSecond: requests / tookSeconds, cpuMicroseconds: (cpu * 1e6) / requests };
  } finally {
    await pool.close();
  }
}

async function requestFor(pool: Pool, path: string, connections: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let requests = 0;
  const connection = async (): Promise<void> => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({ method: "GET", path });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
      requests++;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return requests;
}

/** Fields 14 and 15 of /proc/<pid>/stat (proc(5)), counted after the name in parentheses, which may hold blanks. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
