import { lockManifest, selectComponents } from "../../model/locked-app/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { localContent } from "../../registry/local-content/index.ts";
import type { Command } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";

export const lock: Command = {
  name: "lock",
  usage: "FILE [--profile NAME] [--component ID,ID]",
  summary: "Prints the locked application of a spin.toml as JSON: files are hashed, nothing is fetched.",
  arguments: 1,
  options: ["profile", "component"],
  async run({ arguments: [file = ""], options }) {
    const profile = options.get("profile");
    const { manifest, root } = await readManifestFile(file);
    const normal = normalizeManifest(manifest, profile);
    const content = await localContent(normal, root);
    const whole = lockManifest(normal, content, profile === undefined ? {} : { profile });
    const ids = options.get("component");
    const locked = ids === undefined ? whole : selectComponents(whole, ids.split(","));
    return { data: locked, text: JSON.stringify(locked, null, 2) };
  },
};
