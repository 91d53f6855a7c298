import { synthesize } from "../../model/manifest/index.ts";
import type { Command } from "../command.ts";
import { readManifestFile } from "../manifest-file.ts";

export const synth: Command = {
  name: "synth",
  usage: "FILE",
  summary: "Prints a spin.toml as version 2 in the canonical form; with json, its data.",
  arguments: 1,
  async run({ arguments: [file = ""] }) {
    const { manifest } = await readManifestFile(file);
    return { data: manifest, text: synthesize(manifest) };
  },
};
