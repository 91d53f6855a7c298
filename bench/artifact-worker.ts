/** One push or pull in a process of its own: prints by how many KiB its memory grew. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normalizeManifest, parseReference, readManifest } from "../model/index.ts";
import { planLocalApp, pullArtifact, pushArtifact } from "../registry/artifact/index.ts";
import { RegistryClient } from "../registry/client/index.ts";
import { ContentCache } from "../registry/content-cache.ts";

const [verb, word = "", app = "", folder = ""] = process.argv.slice(2);
const client = new RegistryClient();
const reference = parseReference(word);
const beforeKiB = process.resourceUsage().maxRSS;
if (verb === "push") {
  const { manifest } = readManifest(readFileSync(join(app, "spin.toml"), "utf8"));
  if (manifest === undefined) throw new Error("The manifest of the bench is wrong.");
  const { plan, open } = await planLocalApp(normalizeManifest(manifest), app);
  await pushArtifact(client.repository(reference, "push"), plan, { open, tags: ["1"] });
} else {
  await pullArtifact(client.repository(reference, "pull"), "1", { cache: new ContentCache(folder) });
}
process.stdout.write(String(process.resourceUsage().maxRSS - beforeKiB));
await client.close();
