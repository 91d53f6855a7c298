/** Pushes and pulls in a process of their own, to be killed: a list of jobs as JSON. Says `ready`, then which are done. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseReference, targetOf } from "../../model/artifact/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import { planLocalApp, pullArtifact, pushArtifact } from "../../registry/artifact/index.ts";
import { RegistryClient } from "../../registry/client/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";

export type Job = { reference: string; delayMs: number } & ({ app: string } | { cache: string });

const jobs = JSON.parse(process.argv[2] ?? "[]") as Job[];
const client = new RegistryClient({ credential: async () => undefined });

process.stdout.write("ready\n");
await Promise.all(
  jobs.map(async (job, index) => {
    await sleep(job.delayMs);
    const reference = parseReference(job.reference);
    if ("app" in job) {
      const { manifest } = readManifest(readFileSync(join(job.app, "spin.toml"), "utf8"));
      if (manifest === undefined) throw new Error("The manifest of the test is wrong.");
      const { plan, open } = await planLocalApp(normalizeManifest(manifest), job.app);
      await pushArtifact(client.repository(reference, "push"), plan, { open, tags: [targetOf(reference)] });
    } else {
      const cache = new ContentCache(job.cache);
      await pullArtifact(client.repository(reference, "pull"), targetOf(reference), { cache });
    }
    process.stdout.write(`done ${index}\n`);
  }),
);
await client.close();
