/**
 * `npm run bench [-- http|model|artifact|reset] [--json]`: what things cost, side by side in one run. Machines and moments
 * differ, so only the ratios mean something.
 */
import { benchArtifact, renderArtifact } from "./artifact.ts";
import { benchHttp, renderHttp } from "./http.ts";
import { benchModel, renderModel } from "./model.ts";
import { benchReset, renderReset } from "./reset.ts";

const names = ["http", "model", "artifact", "reset"];

export async function main({ args }: { args: string[] }): Promise<number> {
  const chosen = args.find((it) => !it.startsWith("--"));
  if (chosen !== undefined && !names.includes(chosen)) {
    process.stderr.write(`There is no bench "${chosen}"; there are ${names.join(", ")}.\n`);
    return 2;
  }
  const isWanted = (name: string): boolean => chosen === undefined || chosen === name;
  const http = isWanted("http") ? await benchHttp() : undefined;
  const model = isWanted("model") ? await benchModel() : undefined;
  const artifact = isWanted("artifact") ? await benchArtifact() : undefined;
  const reset = isWanted("reset") ? await benchReset() : undefined;
  const tables = [
    http && renderHttp(http),
    model && renderModel(model),
    artifact && renderArtifact(artifact),
    reset && renderReset(reset),
  ];
  process.stdout.write(
    args.includes("--json")
      ? `${JSON.stringify({ http, model, artifact, reset })}\n`
      : tables.filter(Boolean).join("\n"),
  );
  return 0;
}
