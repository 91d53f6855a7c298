/**
 * `npm run bench [-- http|model|artifact|reset|provider|kubernetes] [--json]`: what things cost, side by side in one run. Machines
 * and moments differ, so only the ratios mean something.
 */
import { benchArtifact, renderArtifact } from "./artifact.ts";
import { benchHttp, renderHttp } from "./http.ts";
import { benchKubernetes } from "./kubernetes.ts";
import { benchModel, renderModel } from "./model.ts";
import { benchProvider, renderProvider } from "./provider.ts";
import { benchReset, renderReset } from "./reset.ts";

/** Each with its result as data and as a table. */
const benches: Record<string, () => Promise<{ data: unknown; table: string }>> = {
  http: async () => shown(await benchHttp(), renderHttp),
  model: async () => shown(await benchModel(), renderModel),
  artifact: async () => shown(await benchArtifact(), renderArtifact),
  reset: async () => shown(await benchReset(), renderReset),
  provider: async () => shown(await benchProvider(), renderProvider),
  kubernetes: async () => shown(await benchKubernetes(), renderProvider),
};

export async function main({ args }: { args: string[] }): Promise<number> {
  const chosen = args.find((it) => !it.startsWith("--"));
  if (chosen !== undefined && !(chosen in benches)) {
    process.stderr.write(`There is no bench "${chosen}"; there are ${Object.keys(benches).join(", ")}.\n`);
    return 2;
  }
  const names = Object.keys(benches).filter((name) => chosen === undefined || name === chosen);
  const results = [];
  for (const name of names) results.push([name, await benches[name]?.()] as const);
  const data = Object.fromEntries(results.map(([name, result]) => [name, result?.data]));
  process.stdout.write(
    args.includes("--json")
      ? `${JSON.stringify(data)}\n`
      : results.map(([, result]) => result?.table).join("\n"),
  );
  return 0;
}

function shown<T>(data: T, render: (data: T) => string): { data: T; table: string } {
  return { data, table: render(data) };
}
