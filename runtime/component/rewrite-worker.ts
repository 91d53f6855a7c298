/** Worker thread: rewriting a large module takes up to a second of dense computation, during which requests must be answered. */
import { parentPort, workerData } from "node:worker_threads";
import { isSpinError, type SpinError } from "../../model/errors/index.ts";
import { type RewriteOptions, type RewrittenModule, rewriteModule } from "../reset/rewrite-module.ts";

export interface RewriteTask {
  bytes: Uint8Array;
  options: RewriteOptions;
}

export type RewriteResult = RewrittenModule | { code: SpinError["code"]; message: string };

parentPort?.postMessage(run(workerData as RewriteTask));

function run({ bytes, options }: RewriteTask): RewriteResult {
  try {
    return rewriteModule(bytes, options);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}
