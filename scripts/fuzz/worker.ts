/** Runs inputs in a thread of its own, which can be ended when one of them never ends. */
import { parentPort, workerData } from "node:worker_threads";
import { chosen, turnOf } from "./input.ts";
import { problemOf } from "./judge.ts";
import type { Many } from "./random.ts";
import type { Target } from "./target.ts";

export interface Job {
  /** A module that exports `targets`. */
  targets: string;
  seed: number;
  from: number;
  count: number;
  seconds: number;
  only?: string | undefined;
  /** The index that is running; -1 before the first. */
  progress: Int32Array;
}

/** The index after the last input that ran, and what was wrong with that one. */
export interface Result {
  until: number;
  problem: string | undefined;
}

const { targets: module, seed, from, count, seconds, only, progress } = workerData as Job;
const all = (await import(module)) as { targets: Many<Target> };
const targets = chosen(all.targets, only);

parentPort?.postMessage(work());

function work(): Result {
  const end = performance.now() + seconds * 1000;
  for (let index = from; index < from + count; index++) {
    if (performance.now() >= end) return { until: index, problem: undefined };
    Atomics.store(progress, 0, index);
    const problem = problemOf(turnOf(targets, seed, index).run);
    if (problem !== undefined) return { until: index + 1, problem };
  }
  return { until: from + count, problem: undefined };
}
