/** An application of 12 MB to the real docker-registry and back, beside oras with the same files; and what 1 GB takes of memory. */
import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { normalizeManifest, parseReference, readManifest } from "../model/index.ts";
import { planLocalApp, pullArtifact, pushArtifact } from "../registry/artifact/index.ts";
import { RegistryClient } from "../registry/client/index.ts";
import { ContentCache } from "../registry/content-cache.ts";
import { checkout } from "../scripts/bootstrap/paths.mjs";
import { debianTool, type Tool } from "../scripts/debian/tools.ts";
import { buildDist } from "../scripts/dist.ts";
import { startDockerRegistry } from "../scripts/debian/docker-registry.ts";
import { renderTable } from "./render-table.ts";

export interface ArtifactTime {
  name: string;
  ms: number;
  /** To the row that `of` names. */
  ratio: number;
  of: string;
}

export interface ArtifactBench {
  times: ArtifactTime[];
  /** Of a process that moves one layer of 1 GB: the most it held, above what it held before. */
  memory: { name: string; mebibytes: number }[];
}

const rounds = 5;
const run = promisify(execFile);
/** A real binary of some 12 MB. */
const binary = join(
  checkout,
  "node_modules/@bytecodealliance/componentize-js/lib/starlingmonkey_embedding.wasm",
);

export async function benchArtifact(): Promise<ArtifactBench> {
  await buildDist();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-spin-bench-"));
  const registry = await startDockerRegistry();
  try {
    const app = makeApp(join(folder, "app"));
    const oras = await debianTool("oras");
    return {
      times: await transfers(registry.host, app, folder, oras),
      memory: await memoryOfOneGigabyte(registry.host, folder),
    };
  } finally {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function renderArtifact({ times, memory }: ArtifactBench): string {
  const rows = times.map(({ name, ms, ratio, of }) => [name, ms.toFixed(0), `${ratio.toFixed(2)}× ${of}`]);
  const sizes = memory.map(({ name, mebibytes }) => [name, mebibytes.toFixed(0)]);
  return `${renderTable(["12 MB, local registry", "ms", "ratio"], rows)}\n${renderTable(["one layer of 1 GB", "MiB above idle"], sizes)}`;
}

function makeApp(
  app: string,
  files: Record<string, string> = {
    "index.html": "<h1>hello</h1>".repeat(200),
    "style.css": "p{}".repeat(500),
  },
): string {
  mkdirSync(join(app, "static"), { recursive: true });
  copyFileSync(binary, join(app, "a.wasm"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, "static", name), text);
  writeFileSync(
    join(app, "spin.toml"),
    `spin_manifest_version = 2
[application]
name = "bench"
[[trigger.http]]
route = "/..."
component = "a"
[component.a]
source = "a.wasm"
files = [{ source = "static", destination = "/" }]
`,
  );
  return app;
}

async function transfers(host: string, app: string, folder: string, oras: Tool): Promise<ArtifactTime[]> {
  const env = { ...process.env, ...oras.env, HOME: folder, XDG_CACHE_HOME: join(folder, "home-cache") };
  const cli = (...words: string[]): Promise<unknown> =>
    run(process.execPath, [join(checkout, "dist/cli/main.js"), ...words], { env });
  const orasRun = (...words: string[]): Promise<unknown> => run(oras.path, words, { env, cwd: app });
  const files = [
    "a.wasm:application/vnd.wasm.content.layer.v1+wasm",
    "static/index.html:text/html",
    "static/style.css:text/css",
  ];
  const best: Record<string, number> = {};
  const time = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now();
    await work();
    best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, performance.now() - start);
  };
  // Side by side, round by round, each into a registry that does not have the blobs: repositories of one's own.
  for (let round = 0; round < rounds; round++) {
    const [ours, theirs, inner] = ["ours", "theirs", "inner"].map(
      (name) => `${host}/${name}/r${round}:1`,
    ) as [string, string, string];
    await time("oras push", () => orasRun("push", "--plain-http", theirs, ...files));
    await time("pulumi-spin push", () => cli("push", "-f", app, ours));
    await time("pulumi-spin push again", () => cli("push", "-f", app, ours));
    await time("oras pull", () =>
      orasRun("pull", "--plain-http", "-o", join(folder, `oras-${round}`), theirs),
    );
    await time("pulumi-spin pull", async () => cli("pull", ours));
    // What was pulled; what was compiled stays, as it does for people.
    rmSync(join(folder, "home-cache/pulumi-spin/content"), { recursive: true, force: true });
    await time("push in a program", () => pushHere(inner, app));
    await time("push again in a program", () => pushHere(inner, app));
    await time("pull in a program", () => pullHere(inner, join(folder, `here-${round}`)));
  }
  const row = (name: string, of: string): ArtifactTime => ({
    name,
    of,
    ms: best[name] ?? 0,
    ratio: (best[name] ?? 0) / (best[of] ?? 1),
  });
  return [
    row("oras push", "oras push"),
    row("pulumi-spin push", "oras push"),
    row("push in a program", "oras push"),
    row("pulumi-spin push again", "pulumi-spin push"),
    row("push again in a program", "push in a program"),
    row("oras pull", "oras pull"),
    row("pulumi-spin pull", "oras pull"),
    row("pull in a program", "oras pull"),
  ];
}

async function pushHere(word: string, app: string): Promise<void> {
  const reference = parseReference(word);
  const { manifest } = readManifest(readFileSync(join(app, "spin.toml"), "utf8"));
  if (manifest === undefined) throw new Error("The manifest of the bench is wrong.");
  const { plan, open } = await planLocalApp(normalizeManifest(manifest), app);
  const client = new RegistryClient();
  await pushArtifact(client.repository(reference, "push"), plan, { open, tags: ["1"] });
  await client.close();
}

async function pullHere(word: string, folder: string): Promise<void> {
  const client = new RegistryClient();
  await pullArtifact(client.repository(parseReference(word), "pull"), "1", {
    cache: new ContentCache(folder),
  });
  await client.close();
}

async function memoryOfOneGigabyte(host: string, folder: string): Promise<ArtifactBench["memory"]> {
  const app = makeApp(join(folder, "large"), { large: "" });
  truncateSync(join(app, "static/large"), 1024 ** 3);
  const worker = join(checkout, "bench/artifact-worker.ts");
  const measure = async (verb: string): Promise<number> => {
    const { stdout } = await run(process.execPath, [
      worker,
      verb,
      `${host}/large/app:1`,
      app,
      join(folder, "cache"),
    ]);
    return Number(stdout) / 1024;
  };
  return [
    { name: "push", mebibytes: await measure("push") },
    { name: "pull", mebibytes: await measure("pull") },
  ];
}
