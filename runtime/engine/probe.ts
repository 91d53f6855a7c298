import { setTimeout as sleep } from "node:timers/promises";
import { SpinError } from "../../model/errors/index.ts";
import type { HealthCheck } from "../admin/protocol.ts";
import { Listener } from "../triggers/http/listener.ts";
import type { Revision } from "./revision.ts";

const pauseMs = 200;
const shownCharacters = 200;

/**
 * Asks a revision that nobody else reaches yet, on an address of its own, until it answers with a status below 400;
 * ERR_SPIN_RUNTIME_HEALTH with its last answer when the time is over.
 */
export async function probe(revision: Revision, { path, timeoutMs }: HealthCheck): Promise<void> {
  const listener = await Listener.bind("127.0.0.1:0", revision.serve.bind(revision));
  const deadline = AbortSignal.timeout(timeoutMs);
  let last = "gave no answer";
  try {
    while (!deadline.aborted) {
      const answer = await ask(`http://${listener.address}${path}`, deadline);
      if (answer === undefined) return;
      if (!deadline.aborted || last === "gave no answer") last = answer;
      await sleep(pauseMs, undefined, { signal: deadline }).catch(() => undefined);
    }
  } finally {
    await listener.close(0);
  }
  const message = `GET ${path} ${last}; the revision was given ${timeoutMs / 1000} s to become healthy.`;
  throw new SpinError("ERR_SPIN_RUNTIME_HEALTH", message, { path: "health" });
}

/** `undefined` for a healthy answer, else what it was. */
async function ask(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: "manual", signal });
    const body = await response.text();
    if (response.status < 400) return undefined;
    const shown = body.trim().slice(0, shownCharacters);
    return `answered ${response.status}${shown === "" ? "" : ` (${JSON.stringify(shown)})`}`;
  } catch (error) {
    return signal.aborted
      ? "gave no answer"
      : `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
