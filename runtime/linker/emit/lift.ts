/** Code that turns core values and bytes of a memory into JavaScript values (CanonicalABI.md: lifting and loading). */
import type { Primitive } from "../../../model/wasm/component/definitions.ts";
import type { ValueType } from "../plan/link-plan.ts";
import { alignTo, discriminantSize } from "../../../model/wasm/component/layout.ts";
import { caseValue, casesOf, isVariant, narrowed, payloadStart, type VariantType } from "./cases.ts";
import { contextKey, memoryOf, type ValueContext } from "./context.ts";
import { liftListFunction } from "./lists.ts";
import { literal, lowerCamel } from "./names.ts";

/** Expression for the value in core values, of which the type has as many as `flat` says. */
export function liftFlat(index: number, values: readonly string[], context: ValueContext): string {
  const type = context.source.type(index);
  const [first = "0", second = "0"] = values;
  context.source.spend(16);
  switch (type.kind) {
    case "string":
      return `${stringFunction(context)}(${first} >>> 0, ${second} >>> 0)`;
    case "list":
      return `${liftListFunction(index, type.of, context, load)}(${first} >>> 0, ${second} >>> 0)`;
    case "record": {
      let used = 0;
      const fields = type.fields.map(([name, field]) => {
        const width = widthOf(field, context);
        const value = liftFlat(field, values.slice(used, used + width), context);
        used += width;
        return `${literal(lowerCamel(name))}: ${value}`;
      });
      return `{ ${fields.join(", ")} }`;
    }
    case "tuple": {
      let used = 0;
      const items = type.items.map((item) => {
        const width = widthOf(item, context);
        const value = liftFlat(item, values.slice(used, used + width), context);
        used += width;
        return value;
      });
      return `[${items.join(", ")}]`;
    }
    case "flags":
      return flagsValue(type.names, first);
    case "own":
    case "borrow":
      return liftHandle(type, first, context);
    default:
      if (isVariant(type)) return `${flatVariantFunction(index, type, context)}(${values.join(", ")})`;
      return scalar(type.kind, first);
  }
}

/** Expression for the value at the address `at`, whose bytes are known to be within the memory. */
export function load(index: number, at: string, context: ValueContext): string {
  const type = context.source.type(index);
  const view = `view${memoryOf(context)}`;
  context.source.spend(16);
  switch (type.kind) {
    case "bool":
      return `bytes${memoryOf(context)}[${at}] !== 0`;
    case "u8":
      return `bytes${memoryOf(context)}[${at}]`;
    case "s8":
      return `${view}.getInt8(${at})`;
    case "u16":
      return `${view}.getUint16(${at}, true)`;
    case "s16":
      return `${view}.getInt16(${at}, true)`;
    case "u32":
      return `${view}.getUint32(${at}, true)`;
    case "s32":
      return `${view}.getInt32(${at}, true)`;
    case "u64":
      return `${view}.getBigUint64(${at}, true)`;
    case "s64":
      return `${view}.getBigInt64(${at}, true)`;
    case "f32":
      return scalar("f32", `${view}.getFloat32(${at}, true)`);
    case "f64":
      return scalar("f64", `${view}.getFloat64(${at}, true)`);
    case "char":
      return scalar("char", `${view}.getUint32(${at}, true)`);
    case "string":
      return `${stringFunction(context)}(${view}.getUint32(${at}, true), ${view}.getUint32(${at} + 4, true))`;
    case "list":
      return `${liftListFunction(index, type.of, context, load)}(${view}.getUint32(${at}, true), ${view}.getUint32(${at} + 4, true))`;
    case "flags":
      return flagsValue(type.names, loadInteger(type.size, at, memoryOf(context)));
    case "own":
    case "borrow":
      return liftHandle(type, `${view}.getUint32(${at}, true)`, context);
    case "record":
    case "tuple":
      return `${loadRecordFunction(index, type, context)}(${at})`;
    default:
      return `${loadVariantFunction(index, type, context)}(${at})`;
  }
}

/** Expressions for the values of a record whose first byte is at `at`. */
export function loadFields(types: readonly number[], at: string, context: ValueContext): string[] {
  let offset = 0;
  return types.map((index) => {
    const { size, align } = context.source.type(index);
    offset = alignTo(offset, align);
    const value = load(index, `${at} + ${offset}`, context);
    offset += size;
    return value;
  });
}

function widthOf(index: number, { source }: ValueContext): number {
  return source.type(index).flat?.length ?? 0;
}

function scalar(kind: Primitive, value: string): string {
  switch (kind) {
    case "bool":
      return `${value} !== 0`;
    case "u8":
      return `${value} & 255`;
    case "s8":
      return `(${value} << 24) >> 24`;
    case "u16":
      return `${value} & 65535`;
    case "s16":
      return `(${value} << 16) >> 16`;
    case "u32":
      return `${value} >>> 0`;
    case "s32":
      return `${value} | 0`;
    case "u64":
      return `BigInt.asUintN(64, ${value})`;
    case "s64":
      return `BigInt.asIntN(64, ${value})`;
    case "f32":
    case "f64":
      return `rt.oneNaN(${value})`;
    case "char":
      return `rt.liftChar(${value} >>> 0)`;
    case "string":
      return value;
  }
}

function loadInteger(size: number, at: string, memory: number): string {
  if (size === 1) return `bytes${memory}[${at}]`;
  return `view${memory}.getUint${size * 8}(${at}, true)`;
}

function flagsValue(names: readonly string[], bits: string): string {
  const fields = names.map((name, bit) => `${literal(lowerCamel(name))}: (b & ${2 ** bit}) !== 0`);
  return `((b) => ({ ${fields.join(", ")} }))(${bits})`;
}

const decoders = { utf8: "liftUtf8", utf16: "liftUtf16", "latin1+utf16": "liftLatin1OrUtf16" } as const;

/** `(pointer, length) → string` */
function stringFunction(context: ValueContext): string {
  const memory = memoryOf(context);
  const { encoding } = context.options;
  return context.source.once(
    "text",
    `${memory} ${encoding}`,
    (name) => `function ${name}(p, n) {
  if ((fuel -= ${encoding === "latin1+utf16" ? "n & 2147483647" : "n"}) < 0) throw rt.tooMuch();
  return rt.${decoders[encoding]}(bytes${memory}, buffer${memory}, p, n);
}`,
  );
}

function liftHandle(
  { kind, resource }: Extract<ValueType, { kind: "own" | "borrow" }>,
  handle: string,
  { source, options, other, notesLent }: ValueContext,
): string {
  const table = `table${options.instance}`;
  const taken =
    kind === "own"
      ? `${table}.takeOwn(${handle} >>> 0, ${resource})`
      : notesLent
        ? `${table}.lend(${handle} >>> 0, ${resource}, L)`
        : `${table}.rep(${handle} >>> 0, ${resource})`;
  if (other === "component" || source.plan.resources[resource]?.kind === "host") return taken;
  return `new rt.GuestResource(${taken}, destroy${resource})`;
}

function flatVariantFunction(index: number, type: VariantType, context: ValueContext): string {
  const { source } = context;
  return source.once("lift", `${index} ${contextKey(context)}`, (name) => {
    const [, ...joined] = type.flat ?? [];
    const values = joined.map((_type, position) => `a${position}`);
    const branches = casesOf(type).map((entry, discriminant) => {
      const payload = entry.type === null ? undefined : entry.type;
      const value =
        payload === undefined
          ? undefined
          : liftFlat(
              payload,
              (source.type(payload).flat ?? []).map((want, position) =>
                narrowed(values[position] ?? "0", joined[position] ?? want, want),
              ),
              context,
            );
      return `case ${discriminant}: return ${caseValue(type, entry, value, source)};`;
    });
    return `function ${name}(d${values.map((value) => `, ${value}`).join("")}) {
  switch (d) { ${branches.join("\n")} default: throw rt.badDiscriminant(d); }
}`;
  });
}

function loadRecordFunction(
  index: number,
  type: Extract<ValueType, { kind: "record" | "tuple" }>,
  context: ValueContext,
): string {
  return context.source.once("load", `${index} ${contextKey(context)}`, (name) => {
    if (type.kind === "tuple")
      return `function ${name}(p) { return [${loadFields(type.items, "p", context).join(", ")}]; }`;
    const values = loadFields(
      type.fields.map(([, field]) => field),
      "p",
      context,
    );
    const fields = type.fields.map(
      ([field], position) => `${literal(lowerCamel(field))}: ${values[position] ?? ""}`,
    );
    return `function ${name}(p) { return { ${fields.join(", ")} }; }`;
  });
}

function loadVariantFunction(index: number, type: VariantType, context: ValueContext): string {
  const { source } = context;
  return source.once("load", `${index} ${contextKey(context)}`, (name) => {
    const cases = casesOf(type);
    const start = payloadStart(type, source);
    const discriminant = loadInteger(discriminantSize(cases.length), "p", memoryOf(context));
    const branches = cases.map((entry, position) => {
      const value = entry.type === null ? undefined : load(entry.type, `p + ${start}`, context);
      return `case ${position}: return ${caseValue(type, entry, value, source)};`;
    });
    return `function ${name}(p) {
  const d = ${discriminant};
  switch (d) { ${branches.join("\n")} default: throw rt.badDiscriminant(d); }
}`;
  });
}
