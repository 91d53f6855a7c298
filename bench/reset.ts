/** What rewriting costs: for the code that runs, and once for each module. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RewriteOptions, rewriteModule } from "../runtime/reset/rewrite-module.ts";
import { checkout } from "../scripts/bootstrap/paths.mjs";
import { type BenchLoop, benchLoops, loopModule } from "./reset-loops.ts";
import { renderTable } from "./render-table.ts";

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Record<string, (turns: number) => number> };
};

export interface ResetCost {
  name: string;
  plainMs: number;
  /** Times as long as the plain module. */
  marks: number;
  checks: number;
  both: number;
}

export interface ResetBench {
  loops: ResetCost[];
  /** Of the engine of JavaScript guests, some 10 MB. */
  rewrite: { bytes: number; ms: number };
}

const roomy = { memoryBytes: 2 ** 30, tableElements: 100_000 };
const variants: Record<"marks" | "checks" | "both", RewriteOptions> = {
  marks: { ...roomy, marks: true, checks: false },
  checks: { ...roomy, marks: false, checks: true },
  both: { ...roomy, marks: true, checks: true },
};

export async function benchReset(): Promise<ResetBench> {
  const embedding = "node_modules/@bytecodealliance/componentize-js/lib/starlingmonkey_embedding.wasm";
  const module = await readFile(join(checkout, embedding));
  const ms = fastest(3, () => rewriteModule(module, variants.both));
  return { loops: benchLoops.map(cost), rewrite: { bytes: module.length, ms } };
}

export function renderReset({ loops, rewrite }: ResetBench): string {
  const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
  const rows = loops.map(({ name, plainMs, marks, checks, both }) => [
    name,
    plainMs.toFixed(2),
    times(marks),
    times(checks),
    times(both),
  ]);
  const table = renderTable(["loop", "plain ms", "marks", "checks", "both"], rows);
  return `${table}\nrewriting ${(rewrite.bytes / 1e6).toFixed(1)} MB: ${rewrite.ms.toFixed(0)} ms\n`;
}

/** The fastest of many short rounds, which take turns: what the code takes when nothing else gets in its way. */
function cost(loop: BenchLoop): ResetCost {
  const bytes = loopModule(loop);
  const start = (module: Uint8Array): (() => number) => {
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
    return () => run?.(loop.turns) ?? 0;
  };
  const runs = [
    start(bytes),
    ...Object.values(variants).map((options) => start(rewriteModule(bytes, options).bytes)),
  ];
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 60; round++)
    for (const [index, run] of runs.entries()) best[index] = Math.min(best[index] ?? 0, fastest(1, run));
  const [plainMs = 0, marks = 0, checks = 0, both = 0] = best;
  return { name: loop.name, plainMs, marks: marks / plainMs, checks: checks / plainMs, both: both / plainMs };
}

function fastest(runs: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
