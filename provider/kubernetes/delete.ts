import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../definition/resource.ts";
import type { Target } from "./target.ts";

const pauseMs = 200;

/** Returns when the SpinApp is gone, with its Deployment and pods. */
export async function deleteSpinApp(
  name: string,
  { client, namespace }: Target,
  { signal, log }: Pick<Context, "signal" | "log">,
): Promise<void> {
  const reference = { kind: "SpinApp", namespace, name } as const;
  if (!(await client.delete(reference, { foreground: true }, signal))) return;
  for (let round = 0; (await client.get(reference, signal)) !== undefined; round++) {
    if (round === 50) log(`${namespace}/${name}: waiting until its pods are gone`);
    await sleep(pauseMs, undefined, { signal });
  }
}
