/** Worker thread: transpiling takes a second of dense computation, during which requests must be answered. */
import { parentPort, workerData } from "node:worker_threads";
import { transpile } from "@bytecodealliance/jco";

export type TranspileOptions = NonNullable<Parameters<typeof transpile>[1]>;

export interface TranspileTask {
  bytes: Uint8Array;
  options: TranspileOptions;
}

export type TranspileResult = { files: Record<string, Uint8Array>; imports: string[] } | { problem: string };

parentPort?.postMessage(await run(workerData as TranspileTask));

async function run({ bytes, options }: TranspileTask): Promise<TranspileResult> {
  try {
    const { files, imports } = await transpile(bytes, options);
    return { files, imports };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
