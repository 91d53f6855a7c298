/**
 * `npm run bench`: what the host costs, beside a bare node:http server in the same run. Machines and moments differ, so
 * only the ratios mean something.
 */
import { renderTable } from "./render-table.ts";
import { benchHttp } from "./http.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  const rows = await benchHttp();
  process.stdout.write(args.includes("--json") ? `${JSON.stringify(rows)}\n` : renderTable(rows));
  return 0;
}
