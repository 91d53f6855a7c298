/** Reading manifests that grow, and binaries beside what hashing them costs. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { inspectWasm, lockManifest, normalizeManifest, readManifest } from "../model/index.ts";
import { checkout } from "../scripts/bootstrap/paths.mjs";
import { renderTable } from "./render-table.ts";

export interface Timed {
  name: string;
  /** CPU time of the fastest of several runs: what the work takes when nothing else gets in its way. */
  ms: number;
  /** Times as much as the first row of its kind: for each component, or for the whole. */
  ratio: number;
}

export async function benchModel(): Promise<Timed[]> {
  return [...growth(), ...beside(), ...(await inspection())];
}

export function renderModel(rows: readonly Timed[]): string {
  const cells = rows.map(({ name, ms, ratio }) => [name, ms.toFixed(2), `${ratio.toFixed(2)}×`]);
  return renderTable(["work", "CPU ms", "ratio"], cells);
}

/** Parse, validate and lock; the ratio is that of the time for each component. */
function growth(): Timed[] {
  const sizes = [10, 100, 1000];
  const times = sizes.map((size) => {
    const text = manifestOf(size);
    return fastest(Math.max(10, 2000 / size), () => lock(text));
  });
  const first = (times[0] ?? 0) / (sizes[0] ?? 1);
  return sizes.map((size, index) => ({
    name: `parse, validate, lock: ${size} components, ${size * 5} routes (ratio for each component)`,
    ms: times[index] ?? 0,
    ratio: (times[index] ?? 0) / size / first,
  }));
}

/** What others take for less: the TOML parser alone, and JSON.parse of the same data. */
function beside(): Timed[] {
  const text = manifestOf(1000);
  const json = JSON.stringify(parse(text));
  const whole = fastest(10, () => lock(text));
  const timed = (name: string, work: () => void): Timed => {
    const ms = fastest(10, work);
    return { name, ms, ratio: ms / whole };
  };
  return [
    {
      name: `beside it: parse, validate, lock again (${(text.length / 1000).toFixed(0)} kB)`,
      ms: whole,
      ratio: 1,
    },
    timed("  smol-toml's parse alone, of the same text", () => parse(text)),
    timed("  readManifest alone", () => readManifest(text)),
    timed("  JSON.parse, of the same data", () => JSON.parse(json)),
  ];
}

function lock(text: string): void {
  const { manifest, issues } = readManifest(text);
  if (manifest === undefined || issues.length > 0) throw new Error("The manifest of the bench has issues.");
  lockManifest(normalizeManifest(manifest), {
    component: () => ({ digest: `sha256:${"0".repeat(64)}` }),
    dependency: () => ({}),
    files: () => [],
  });
}

function manifestOf(size: number): string {
  const numbers = Array.from({ length: size }, (_, index) => index);
  const triggers = numbers.flatMap((id) =>
    [0, 1, 2, 3, 4].map(
      (path) => `[[trigger.http]]\nroute = "/c${id}/p${path}/:id/..."\ncomponent = "c${id}"`,
    ),
  );
  const components = numbers.map(
    (id) => `[component.c${id}]
source = "c${id}.wasm"
allowed_outbound_hosts = ["https://{{ host }}", "https://api${id}.example.com"]
key_value_stores = ["default"]
variables = { host = "{{ host }}" }
[component.c${id}.build]
command = "make"`,
  );
  const head = `spin_manifest_version = 2\n[application]\nname = "bench"\n[variables]\nhost = { default = "example.com" }`;
  return [head, ...triggers, ...components].join("\n");
}

/** A real binary of some 12 MB, StarlingMonkey, held against reading and hashing it. */
async function inspection(): Promise<Timed[]> {
  const file = join(
    checkout,
    "node_modules/@bytecodealliance/componentize-js/lib/starlingmonkey_embedding.wasm",
  );
  const bytes = await readFile(file);
  let digest = "";
  const hash = await fastestAsync(20, async () => {
    digest = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  });
  const inspect = fastest(20, () => inspectWasm(bytes));
  const megabytes = (bytes.length / 1e6).toFixed(1);
  return [
    { name: `read and hash ${megabytes} MB (sha256:${digest.slice(0, 6)}…)`, ms: hash, ratio: 1 },
    { name: "inspect it (ratio to reading and hashing)", ms: inspect, ratio: inspect / hash },
  ];
}

/** Of all threads of this process: on a busy machine a clock would count what others do. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function fastest(runs: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = cpuMs();
    work();
    best = Math.min(best, cpuMs() - start);
  }
  return best;
}

async function fastestAsync(runs: number, work: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = cpuMs();
    await work();
    best = Math.min(best, cpuMs() - start);
  }
  return best;
}
