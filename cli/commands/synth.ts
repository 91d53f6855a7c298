import { describeIssue, SpinError } from "../../model/errors/index.ts";
import { synthesize } from "../../model/manifest/index.ts";
import type { Command, Result } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";

const kubernetesOptions = ["image", "name", "namespace", "inputs"] as const;

export const synth: Command = {
  name: "synth",
  usage: "FILE [--target kubernetes --image REFERENCE [--name NAME] [--namespace NAME] [--inputs FILE]]",
  summary: "Prints a spin.toml as version 2 in the canonical form; with json, its data.",
  details: `
--target kubernetes  The objects of a deployment to SpinKube instead, as YAML for GitOps: the same that
                     a KubernetesDeployment applies.
--image              The artifact that was pushed, by digest: registry/repository@sha256:…
--inputs             A file, YAML or JSON, with more of a KubernetesDeployment's inputs: replicas, variables …`,
  arguments: 1,
  options: ["target", ...kubernetesOptions],
  async run({ arguments: [file = ""], options }) {
    const target = options.get("target");
    if (target === "kubernetes") return forKubernetes(file, options);
    const needless = kubernetesOptions.find((name) => options.has(name));
    if (target !== undefined || needless !== undefined) {
      const found =
        target === undefined ? `--${needless} goes with --target` : `There is no target "${target}"`;
      throw new SpinError("ERR_SPIN_CLI_USAGE", `${found}.`, { hint: "There is --target kubernetes." });
    }
    const { manifest } = await readManifestFile(file);
    return { data: manifest, text: synthesize(manifest) };
  },
};

async function forKubernetes(file: string, options: ReadonlyMap<string, string>): Promise<Result> {
  const { synthesizeForKubernetes } = await import("../kubernetes/synthesize.ts");
  const given = Object.fromEntries(kubernetesOptions.map((name) => [name, options.get(name)]));
  const { objects, text, warnings } = await synthesizeForKubernetes(file, given);
  for (const warning of warnings) process.stderr.write(`${describeIssue(warning)}\n`);
  return { data: objects, text: text.replace(/\n$/, "") };
}
