import { setTimeout as sleep } from "node:timers/promises";
import { SpinError } from "../../../model/errors/index.ts";
import type { Context } from "../../definition/resource.ts";
import type { Target } from "../target.ts";
import { judge, type Wanted } from "./judge.ts";
import { type LiveEvent, observe } from "./observe.ts";

/** Between two looks: short at first, since a small app is up in half a second; then a twentieth of what it took so far. */
const shortestPauseMs = 40;
const longestPauseMs = 1_000;
/** Nobody asks for pods and events of a rollout that is over sooner. */
const patientMs = 500;
/** As pulumi-kubernetes has it; `customTimeouts` may end it earlier. */
const longestMs = 600_000;

/**
 * Waits until pods of the revision serve, and tells what happens. ERR_SPIN_ROLLOUT_FAILED says what keeps them from it, as
 * soon as that does not look as if it would pass.
 */
export async function waitForRollout(
  name: string,
  wanted: Wanted,
  target: Target,
  { signal, log }: Pick<Context, "signal" | "log">,
): Promise<void> {
  const startedAt = performance.now();
  let told = "";
  let trouble: { reason: string; since: number } | undefined;
  for (;;) {
    const withPods = performance.now() - startedAt > patientMs;
    const observation = await observe(name, wanted.revision, target, signal, { withPods });
    const verdict = judge(observation, wanted);
    const now = performance.now();
    if (verdict.progress !== told) log(`${target.namespace}/${name}: ${verdict.progress}`);
    told = verdict.progress;
    if (verdict.state === "done") return;
    if (verdict.state === "stuck") {
      const kind = troubleKind(verdict.reason);
      if (trouble?.reason !== kind) trouble = { reason: kind, since: now };
      if (now - trouble.since >= verdict.patienceMs)
        throw failed(target, name, verdict.reason, observation.events, verdict.hint);
    } else trouble = undefined;
    if (now - startedAt > longestMs)
      throw failed(target, name, `after ten minutes ${verdict.progress}`, observation.events);
    const pauseMs = Math.min(Math.max((now - startedAt) / 20, shortestPauseMs), longestPauseMs);
    await sleep(pauseMs, undefined, { signal });
  }
}

/** Pods take turns, and a pull alternates between its two names: it is one trouble all the same. */
function troubleKind(reason: string): string {
  return reason.startsWith("pod ") ? "pod" : reason;
}

function failed(
  { namespace, client }: Target,
  name: string,
  reason: string,
  events: readonly LiveEvent[],
  hint?: string,
): SpinError {
  const warnings = [...new Set(events.map(({ reason: it, message }) => `${it}: ${message}`))].slice(-3);
  const said = warnings.length === 0 ? "" : ` Events: ${warnings.join("; ")}.`;
  const message = `${namespace}/${name} in ${client.shown} does not come up: ${reason}.${said}`;
  return new SpinError("ERR_SPIN_ROLLOUT_FAILED", message, hint === undefined ? {} : { hint });
}
