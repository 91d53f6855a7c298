/** A push or a pull as a process of its own, to be killed: push|pull REFERENCE APP CACHE. Says `ready` before it begins. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normalizeManifest, parseReference, readManifest, targetOf } from "../../model/index.ts";
import { planLocalApp, pullArtifact, pushArtifact } from "../../registry/artifact/index.ts";
import { RegistryClient } from "../../registry/client/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";

const [verb, word = "", app = "", folder = ""] = process.argv.slice(2);
const reference = parseReference(word);
const client = new RegistryClient({ credential: async () => undefined });

process.stdout.write("ready\n");
if (verb === "push") {
  const { manifest } = readManifest(readFileSync(join(app, "spin.toml"), "utf8"));
  if (manifest === undefined) throw new Error("The manifest of the test is wrong.");
  const { plan, open } = await planLocalApp(normalizeManifest(manifest), app);
  await pushArtifact(client.repository(reference, "push"), plan, { open, tags: [targetOf(reference)] });
} else {
  const repository = client.repository(reference, "pull");
  await pullArtifact(repository, targetOf(reference), { cache: new ContentCache(folder) });
}
await client.close();
process.stdout.write("done\n");
