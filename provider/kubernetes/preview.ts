/** What the cluster itself would say to a deployment: a dry run goes through its schema, defaults, quotas and webhooks. */
import { type Code, describeError, isSpinError } from "../../model/errors/index.ts";
import type { Context, Properties } from "../definition/resource.ts";
import { isKnownDrift, mayForce, refuseForeign } from "./ownership.ts";
import { fingerprints, keyOf, type Plan } from "./plan.ts";
import { requireExecutor, requireReferences } from "./requirements.ts";
import type { Target } from "./target.ts";

/** What another resource of the program may be about to mend, or a cluster that is only down for now. */
const mayBeMendedFirst: readonly Code[] = [
  "ERR_SPIN_CLUSTER_NAMESPACE",
  "ERR_SPIN_CLUSTER_SPINKUBE",
  "ERR_SPIN_CLUSTER_KIND",
  "ERR_SPIN_CLUSTER_EXECUTOR",
  "ERR_SPIN_CLUSTER_REFERENCE",
  "ERR_SPIN_CLUSTER_UNREACHABLE",
  "ERR_SPIN_CLUSTER_FAULT",
];

/** Long enough for a cluster far away; a preview does not wait for one that is down. */
const previewMs = 10_000;

/** Throws what the cluster refuses. Says where it could not be asked; nothing is written. */
export async function tryOut(
  plan: Plan,
  inputs: Properties,
  target: Target,
  context: Context,
  old?: Properties,
): Promise<void> {
  const changed = changedObjects(plan, old);
  if (changed.length === 0) return;
  const late = AbortSignal.timeout(previewMs);
  const signal = AbortSignal.any([context.signal, late]);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (context.signal.aborted) throw error;
      if (late.aborted) context.log(`${target.client.shown} does not answer: ${schemaAlone}`, "warning");
      else if (isSpinError(error) && isMendable(error)) context.log(said(error), "warning");
      else throw error;
      return false;
    }
  };
  if (old === undefined && !(await attempt(() => refuseForeign(plan, target, inputs, signal)))) return;
  const isThere = await attempt(() => requireExecutor(plan.spec, target, signal));
  if (isThere) await attempt(() => requireReferences(plan.spec, target, signal));
  for (const object of changed) {
    const force = mayForce(keyOf(object), inputs, old);
    const options = { fieldManager: target.fieldManager, force, dryRun: true };
    // What is missing for one is missing for all.
    if (!(await attempt(() => target.client.apply(object, options, signal)))) return;
  }
}

const schemaAlone = "what is shown follows from the program and SpinKube's schema alone.";

function changedObjects({ objects }: Plan, old: Properties | undefined): Plan["objects"] {
  const wanted = fingerprints(objects);
  return objects.filter((object) => {
    const key = keyOf(object);
    // What never changes is made anew when others changed it.
    if (object["immutable"] === true && isKnownDrift(key, old)) return false;
    return old?.["objects"]?.[key] !== wanted[key];
  });
}

/** A webhook's refusal for want of an executor is no other than our own. */
function isMendable({ code, message }: { code: Code; message: string }): boolean {
  return mayBeMendedFirst.includes(code) || /executor does not exist/i.test(message);
}

function said(error: unknown): string {
  return `Not tried out in the cluster: ${describeError(error)} Until then ${schemaAlone}`;
}
