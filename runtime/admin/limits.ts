import { z } from "zod";

const wasmPageBytes = 65_536;

function whole(minimum: number, maximum?: number): z.ZodInt {
  const range = maximum === undefined ? `${minimum} on` : `${minimum} to ${maximum}`;
  const error = `expected a whole number from ${range}`;
  return z
    .int(error)
    .min(minimum, error)
    .max(maximum ?? Number.MAX_SAFE_INTEGER, error);
}

/** What each component of an app may take; what is left out has the engine's default. */
export const limitsShape = z
  .strictObject({
    memoryBytes: whole(wasmPageBytes, 65_536 * wasmPageBytes).describe(
      "Of each memory of an instance. Default: 512 MiB.",
    ),
    tableElements: whole(1, 2 ** 32 - 1).describe("Of each table of an instance. Default: 100000."),
    computeMs: whole(1).describe(
      "How long a guest may compute during one request; what it waits does not count. Default: 30000.",
    ),
    concurrency: whole(1).describe("Requests that are handled at the same time. Default: 128."),
    queue: whole(0).describe("Requests that wait for their turn; more are answered with 503. Default: 1024."),
    requestBodyBytes: whole(0).describe(
      "Of a request's body; a larger one is answered with 413. Default: no limit.",
    ),
  })
  .partial();

export type GivenLimits = z.infer<typeof limitsShape>;
