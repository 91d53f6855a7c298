/** What must hold for any bytes that the linker can plan. */
import { compileFunction } from "node:vm";
import { emitComponent } from "../../../runtime/linker/emit/emit-component.ts";
import { makePlan } from "../../../runtime/linker/link.ts";

/** The plan survives as JSON, and what is generated from it is JavaScript. */
export function linked(bytes: Uint8Array): unknown {
  const plan = makePlan(bytes, ["wasi:io/poll#poll"]);
  const text = emitComponent(plan);
  if (emitComponent(JSON.parse(JSON.stringify(plan)) as typeof plan) !== text)
    throw new Error("a plan that was written and read again is another");
  compileFunction(text, ["W", "rt"]);
  return plan.trampolines.length;
}
