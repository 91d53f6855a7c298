/**
 * `npm run bench [-- http|model] [--json]`: what things cost, side by side in one run. Machines and moments differ, so
 * only the ratios mean something.
 */
import { benchHttp, renderHttp } from "./http.ts";
import { benchModel, renderModel } from "./model.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  const chosen = args.find((it) => !it.startsWith("--"));
  if (chosen !== undefined && !["http", "model"].includes(chosen)) {
    process.stderr.write(`There is no bench "${chosen}"; there are http and model.\n`);
    return 2;
  }
  const http = chosen === "model" ? undefined : await benchHttp();
  const model = chosen === "http" ? undefined : await benchModel();
  const tables = [http && renderHttp(http), model && renderModel(model)];
  process.stdout.write(
    args.includes("--json") ? `${JSON.stringify({ http, model })}\n` : tables.filter(Boolean).join("\n"),
  );
  return 0;
}
