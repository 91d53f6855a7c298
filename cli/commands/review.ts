import { SpinError } from "../../model/errors/index.ts";
import { inspectManifest } from "../../model/inspection/index.ts";
import {
  diffCapabilities,
  type Imports,
  renderReview,
  type Risk,
  risks,
  worstRisk,
} from "../../model/review/index.ts";
import { readBinaries } from "../../registry/local-content/index.ts";
import type { Command } from "../command.ts";
import { type ManifestFile, readManifestFile } from "../manifest-file.ts";

/** A report by default: the exit code is 0 whatever changes. With --fail-on it is 1 from that risk up. */
export const review: Command = {
  name: "review",
  usage: "BASE HEAD [--fail-on low|medium|high|critical] [--format markdown|json]",
  summary: "Shows what HEAD may do that BASE may not, with risks: two spin.toml files.",
  details: "--fail-on RISK     Exits 1 from this risk up.",
  formats: ["markdown", "json"],
  arguments: 2,
  options: ["fail-on"],
  async run({ arguments: [base = "", head = ""], options }) {
    const limit = riskOf(options.get("fail-on"));
    const [before, after] = [await readManifestFile(base), await readManifestFile(head)];
    const changes = diffCapabilities(before.manifest, after.manifest, {
      base: await importsOf(before),
      head: await importsOf(after),
    });
    const worst = worstRisk(changes);
    const isTooMuch =
      limit !== undefined && worst !== undefined && risks.indexOf(worst) >= risks.indexOf(limit);
    return {
      data: changes,
      text: renderReview(changes, { format: "markdown" }),
      exitCode: isTooMuch ? 1 : 0,
    };
  },
};

function riskOf(text: string | undefined): Risk | undefined {
  const risk = risks.find((it) => it === text);
  if (text === undefined || risk !== undefined) return risk;
  throw new SpinError("ERR_SPIN_CLI_USAGE", `--fail-on is a risk, not "${text}".`, {
    hint: `The risks are ${risks.join(", ")}.`,
  });
}

/** Of the binaries that are built and lie beside the manifest; the others are not judged. */
async function importsOf({ manifest, root }: ManifestFile): Promise<Imports> {
  const binaries = await readBinaries(manifest, root);
  return new Map(
    inspectManifest(manifest, binaries).components.flatMap(({ id, binary, imports }) =>
      binary === "read" ? [[id, imports] as const] : [],
    ),
  );
}
