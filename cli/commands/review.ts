import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import type { Manifest } from "../../model/manifest/index.ts";
import {
  diffCapabilities,
  type Imports,
  renderReview,
  type Risk,
  risks,
  worstRisk,
} from "../../model/review/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
import type { Command } from "../command.ts";
import { readManifestFile } from "../manifest-file.ts";

/** A report by default: the exit code is 0 whatever changes. With --fail-on it is 1 from that risk up. */
export const review: Command = {
  name: "review",
  usage: "BASE HEAD [--fail-on low|medium|high|critical]",
  summary:
    "Shows what HEAD may do that BASE may not, as Markdown: two spin.toml files. --fail-on R exits 1 from R up.",
  arguments: 2,
  options: ["fail-on"],
  async run({ arguments: [base = "", head = ""], options }) {
    const limit = riskOf(options.get("fail-on"));
    const [before, after] = [await readManifestFile(base), await readManifestFile(head)];
    const changes = diffCapabilities(before.manifest, after.manifest, {
      base: await importsOf(before.manifest, before.root),
      head: await importsOf(after.manifest, after.root),
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
async function importsOf({ component = {} }: Manifest, root: string): Promise<Imports> {
  const found = await Promise.all(
    Object.entries(component).map(async ([id, { source }]): Promise<[string, string[]][]> => {
      if (typeof source !== "string") return [];
      const imports = await importsOfFile(resolve(root, source)).catch(() => undefined);
      return imports === undefined ? [] : [[id, imports]];
    }),
  );
  return new Map(found.flat());
}

async function importsOfFile(file: string): Promise<string[]> {
  return inspectWasm(await readFile(file)).imports;
}
