import { describeError, isSpinError, SpinError } from "../../model/errors/index.ts";
import { PartialFailure } from "../definition/partial-failure.ts";
import type { Context, Properties } from "../definition/resource.ts";
import { applyAll } from "./apply.ts";
import { fingerprints, planOf, replicasOf } from "./plan.ts";
import { waitForRollout } from "./rollout/wait.ts";
import type { Target } from "./target.ts";

/** Brings the former revision back; what to throw then tells both why and how that went. */
export async function rollBack(
  id: string,
  old: Properties,
  cause: unknown,
  target: Target,
  context: Context,
): Promise<PartialFailure> {
  const former = planOf(old, target.namespace, context.configuration);
  const { revision, objects, spec } = former;
  context.log(`${id}: rolling back to revision ${revision}`, "warning");
  try {
    const applying = { mayForce: () => true, onApplied: () => undefined, onUncertain: () => undefined };
    await applyAll(objects, target, applying, context.signal);
    await waitForRollout(spec.name, { revision, replicas: replicasOf(former) }, target, context);
  } catch (error) {
    return new PartialFailure(
      id,
      old,
      told(cause, `Rolling back to revision ${revision} failed too: ${describeError(error)}`),
    );
  }
  const outputs = { ...old, objects: { ...old["objects"], ...fingerprints(objects) }, status: "available" };
  return new PartialFailure(
    id,
    outputs,
    told(cause, `It was rolled back to revision ${revision}, which serves.`),
  );
}

function told(cause: unknown, more: string): SpinError {
  const message = `${cause instanceof Error ? cause.message : String(cause)} ${more}`;
  const hint = isSpinError(cause) ? cause.hint : undefined;
  return new SpinError("ERR_SPIN_ROLLOUT_FAILED", message, { cause, ...(hint !== undefined && { hint }) });
}
