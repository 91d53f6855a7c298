import { existsSync } from "node:fs";
import type { Reference } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { type Binaries, inspectManifest } from "../../model/inspection/index.ts";
import { lockManifest, unlockManifest } from "../../model/locked-app/index.ts";
import { type Manifest, normalizeManifest } from "../../model/manifest/index.ts";
import {
  diffCapabilities,
  type Imports,
  renderReview,
  type Risk,
  risks,
  worstRisk,
} from "../../model/review/index.ts";
import { localContent, readBinaries } from "../../registry/local-content/index.ts";
import type { Command, CommandLine } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { asReference, readReference } from "../registry/inspect-reference.ts";
import { registryFlags, registryUsage } from "../registry/open-registries.ts";

/** A report by default: the exit code is 0 whatever changes. With --fail-on it is 1 from that risk up. */
export const review: Command = {
  name: "review",
  usage: "BASE HEAD [--fail-on low|medium|high|critical] [--format markdown|json]",
  summary: "Shows what HEAD may do that BASE may not, with risks: of spin.toml files or artifacts.",
  details: `
BASE, HEAD         A spin.toml or its folder, or an artifact's reference, of which only what is needed is read.
                   ${registryUsage}
--fail-on RISK     Exits 1 from this risk up.`,
  formats: ["markdown", "json"],
  arguments: 2,
  ...registryFlags,
  options: [...registryFlags.options, "fail-on"],
  async run(line) {
    const [base = "", head = ""] = line.arguments;
    const limit = riskOf(line.options.get("fail-on"));
    // Two files are compared as they are written.
    const isLocked = [base, head].some((word) => referenceOf(word) !== undefined);
    const before = await sideOf(base, isLocked, line);
    const after = await sideOf(head, isLocked, line);
    const changes = diffCapabilities(before.manifest, after.manifest, {
      base: importsOf(before),
      head: importsOf(after),
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

interface Side {
  manifest: Manifest;
  /** Those that are built and lie beside the manifest, or are in the artifact; the others are not judged. */
  binaries: Binaries;
}

/** A path wins over a reference. */
function referenceOf(word: string): Reference | undefined {
  return existsSync(word) ? undefined : asReference(word);
}

/** Locked, its sources are digests, as an artifact has them. */
async function sideOf(word: string, isLocked: boolean, line: CommandLine): Promise<Side> {
  const reference = referenceOf(word);
  return reference === undefined ? fileSide(word, isLocked) : artifactSide(reference, line);
}

async function fileSide(path: string, isLocked: boolean): Promise<Side> {
  const { manifest, root } = await readManifestFile(path);
  const binaries = await readBinaries(manifest, root);
  if (!isLocked) return { manifest, binaries };
  const normal = normalizeManifest(manifest);
  const lockedApp = lockManifest(normal, await localContent(normal, root));
  return { manifest: unlockManifest(lockedApp, anywhere), binaries };
}

async function artifactSide(reference: Reference, line: CommandLine): Promise<Side> {
  const { app, pinned } = await readReference(line, reference);
  if (app !== undefined) return { ...app, manifest: unlockManifest(app.lockedApp, anywhere) };
  throw new SpinError("ERR_SPIN_ARTIFACT_KIND", `${pinned} is a package of one component, no application.`);
}

/** Where equal bytes come from is no change. */
const anywhere = "binary";

function importsOf({ manifest, binaries }: Side): Imports {
  return new Map(
    inspectManifest(manifest, binaries).components.flatMap(({ id, binary, imports }) =>
      binary === "read" ? [[id, imports] as const] : [],
    ),
  );
}
