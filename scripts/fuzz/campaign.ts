/** Runs inputs until time or count is up, or one of them shows a bug: by what it does, or by never ending. */
import { Worker } from "node:worker_threads";
import { chosen, turnOf } from "./input.ts";
import type { Many } from "./random.ts";
import type { Target } from "./target.ts";
import type { Job, Result } from "./worker.ts";

export interface CampaignOptions {
  /** URL of a module that exports `targets`. */
  targets: string;
  seed: number;
  /** Index of the first input. */
  from: number;
  count: number;
  seconds: number;
  /** Name of the only target that has turns; all of them when it is left out. */
  only?: string | undefined;
  /** How long one input may take. */
  hangMs: number;
  /** How much memory the thread may take. */
  heapMb: number;
}

export interface Finding {
  target: string;
  index: number;
  input: string | Uint8Array;
  problem: string;
}

export interface Campaign {
  /** How many inputs each target had. */
  inputs: Map<string, number>;
  total: number;
  seconds: number;
  finding: Finding | undefined;
}

export async function runCampaign({ hangMs, heapMb, ...options }: CampaignOptions): Promise<Campaign> {
  const all = (await import(options.targets)) as { targets: Many<Target> };
  const targets = chosen(all.targets, options.only);
  const { seed, from } = options;
  const startedAt = performance.now();
  const { until, problem } = await watched(options, { hangMs, heapMb });
  const seconds = (performance.now() - startedAt) / 1000;
  const inputs = new Map(targets.map(({ name }) => [name, 0]));
  for (let index = from; index < until; index++) {
    const { name } = targets[index % targets.length] ?? targets[0];
    inputs.set(name, (inputs.get(name) ?? 0) + 1);
  }
  const finding = problem === undefined ? undefined : found(targets, seed, until - 1, problem);
  return { inputs, total: until - from, seconds, finding };
}

function found(targets: Many<Target>, seed: number, index: number, problem: string): Finding {
  const { target, input } = turnOf(targets, seed, index);
  return { target: target.name, index, input, problem };
}

/** The result of the thread, or what is known of it when it has to be ended. */
async function watched(
  options: Omit<Job, "progress">,
  { hangMs, heapMb }: Pick<CampaignOptions, "hangMs" | "heapMb">,
): Promise<Result> {
  const progress = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const job: Job = { ...options, progress };
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData: job,
    // A main thread has a stack of about 1 MB: nesting is no deeper here than where it matters.
    resourceLimits: { stackSizeMb: 1, maxOldGenerationSizeMb: heapMb },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let seen = -1;
  let since = performance.now();
  const watch = setInterval(() => {
    const index = Atomics.load(progress, 0);
    if (index !== seen) [seen, since] = [index, performance.now()];
    else if (seen >= 0 && performance.now() - since > hangMs)
      resolve({ until: seen + 1, problem: `had not ended after ${hangMs} ms` });
  }, 100);
  worker.once("message", resolve);
  worker.once("error", (error) => {
    const isMemory = (error as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
    if (isMemory) resolve({ until: Atomics.load(progress, 0) + 1, problem: `took more than ${heapMb} MB` });
    else reject(error);
  });
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
