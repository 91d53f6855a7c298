/** What `push` attaches to what it pushed, in this order: the bill of materials, the provenance, the signature. */
import { basename } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { builderFrom, slsaProvenance } from "../../model/provenance/index.ts";
import { packageVersion } from "../../registry/package-version.ts";
import type { planLocalApp } from "../../registry/artifact/index.ts";
import type { Repository } from "../../registry/client/index.ts";
import { attachProvenance } from "../../registry/provenance/index.ts";
import { attachSbom, sbomOf } from "../../registry/sbom/index.ts";
import { signArtifact } from "../../registry/signature/index.ts";
import type { CommandLine } from "../command.ts";
import { locateManifest } from "../../registry/local-content/index.ts";
import { signerOf, signingHelp, signingOptions } from "./signing.ts";

export const supplyChainFlags = {
  flags: ["sign", "sbom", "provenance"],
  options: [...signingOptions, "builder"],
} as const;

export const supplyChainHelp = `
--sbom         Attaches a bill of materials (CycloneDX), made of the binaries and files that are pushed.
--provenance   Attaches how it was built (SLSA provenance): by which CI job, of which commit, from which binaries.
--builder URI  Who builds, where no CI system says so.
--sign         Signs it; with it also what --sbom and --provenance attach.
${signingHelp}`;

export interface AttachedDigests {
  sbom?: string;
  provenance?: string;
  signature?: string;
}

/** Makes everything that can fail here before anything is pushed. */
export async function attachSupplyChain(
  line: CommandLine,
  local: Awaited<ReturnType<typeof planLocalApp>>,
): Promise<(repository: Repository, digest: string) => Promise<AttachedDigests>> {
  const { flags } = line;
  const signer = flags.has("sign") ? await signerOf(line) : undefined;
  const by = signer === undefined ? {} : { signer };
  const bill = flags.has("sbom") ? await sbomOf(local.lockedApp, local.fileOf) : undefined;
  const provenance = flags.has("provenance") ? await provenanceOf(line, local.lockedApp) : undefined;
  return async (repository, digest) => ({
    ...(bill === undefined ? {} : { sbom: (await attachSbom(repository, digest, bill, by)).place }),
    ...(provenance === undefined
      ? {}
      : { provenance: await attachProvenance(repository, digest, provenance, by) }),
    ...(signer === undefined
      ? {}
      : { signature: (await signArtifact(repository, digest, { signer })).place }),
  });
}

async function provenanceOf(
  { options }: CommandLine,
  lockedApp: Parameters<typeof slsaProvenance>[0]["lockedApp"],
): Promise<object> {
  const given = options.get("builder");
  const ambient = builderFrom(process.env);
  const id = given ?? ambient?.id;
  if (id === undefined || !URL.canParse(id))
    throw new SpinError(
      "ERR_SPIN_CLI_USAGE",
      id === undefined
        ? "--provenance needs to know who builds, and no CI system says so."
        : `--builder is a URI, not "${id}".`,
      {
        hint: "Give --builder URI, for example the URL of the job; or run it in GitHub Actions or GitLab CI.",
      },
    );
  const profile = options.get("profile");
  const { file } = await locateManifest(options.get("from") ?? ".");
  return slsaProvenance({
    builder: { ...ambient, id },
    lockedApp,
    parameters: { manifest: basename(file), ...(profile === undefined ? {} : { profile }) },
    version: packageVersion(),
  });
}
