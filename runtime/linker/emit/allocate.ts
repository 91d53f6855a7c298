import { memoryOf, refresh, type ValueContext } from "./context.ts";

/** `(align, size) → address` of fresh memory, got from the guest's realloc and checked. */
export function allocateFunction(context: ValueContext): string {
  const { source, options } = context;
  const memory = memoryOf(context);
  const { realloc, instance } = options;
  if (realloc === null) throw new Error("a value is written without a realloc");
  return source.once(
    "allocate",
    `${JSON.stringify(realloc)} ${memory} ${instance}`,
    (name) => `function ${name}(align, size) {
  if (size > 4294967295) throw rt.tooLong();
  leave${instance} = false;
  const p = ${source.coreFunction(realloc)}(0, 0, align, size) >>> 0;
  if (dead !== undefined) throw dead;
  leave${instance} = true;
  ${refresh(memory)}
  if (p % align !== 0) throw rt.misaligned();
  if (p + size > bytes${memory}.length) throw rt.outOfBounds();
  if (mark${memory} !== undefined) mark${memory}(p, size);
  return p;
}`,
  );
}
