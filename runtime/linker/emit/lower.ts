/** Code that turns JavaScript values into core values and bytes of a memory (CanonicalABI.md: lowering and storing). */
import type { Primitive } from "../../../model/wasm/component/definitions.ts";
import type { ValueType } from "../plan/link-plan.ts";
import { alignTo, discriminantSize } from "../../../model/wasm/component/layout.ts";
import { allocateFunction } from "./allocate.ts";
import { isVariant, payloadStart, switchOnValue, type VariantType, widened } from "./cases.ts";
import { contextKey, memoryOf, type ValueContext } from "./context.ts";
import { lowerListFunction } from "./lists.ts";
import { literal, lowerCamel } from "./names.ts";

/** Statements that set the variables `outs`, as many as the type is flat core values, from the expression `value`. */
export function lowerFlat(
  index: number,
  value: string,
  outs: readonly string[],
  context: ValueContext,
): string {
  const { source } = context;
  const type = source.type(index);
  const [first = "", second = ""] = outs;
  source.spend(value.length + 16);
  switch (type.kind) {
    case "string":
      return `${putStringFunction(context)}(${value}); ${first} = P; ${second} = N;`;
    case "list":
      return `${lowerListFunction(index, type.of, context, store)}(${value}); ${first} = P; ${second} = N;`;
    case "record":
      return spread(
        type.fields.map(([name, field]) => [`v[${literal(lowerCamel(name))}]`, field]),
        value,
        outs,
        context,
      );
    case "tuple":
      return spread(
        type.items.map((item, position) => [`v[${position}]`, item]),
        value,
        outs,
        context,
      );
    case "flags":
      return `${first} = ${flagBits(type.names, value)};`;
    case "own":
    case "borrow":
      return `${first} = ${lowerHandle(type, value, context)};`;
    default:
      if (isVariant(type)) return lowerFlatVariant(type, value, outs, context);
      return `${first} = ${scalar(type.kind, value)};`;
  }
}

/** Statements that write `value` at the address `at`, whose bytes are known to be within the memory. */
export function store(index: number, value: string, at: string, context: ValueContext): string {
  const type = context.source.type(index);
  const memory = memoryOf(context);
  const view = `view${memory}`;
  context.source.spend(value.length + at.length + 16);
  switch (type.kind) {
    case "bool":
    case "u8":
    case "s8":
      return `bytes${memory}[${at}] = ${scalar(type.kind, value)};`;
    case "u16":
    case "s16":
      return `${view}.setUint16(${at}, ${value}, true);`;
    case "u32":
    case "s32":
    case "char":
      return `${view}.setUint32(${at}, ${scalar(type.kind, value)}, true);`;
    case "u64":
    case "s64":
      return `${view}.setBigUint64(${at}, ${value}, true);`;
    case "f32":
      return `${view}.setFloat32(${at}, ${scalar("f32", value)}, true);`;
    case "f64":
      return `${view}.setFloat64(${at}, ${scalar("f64", value)}, true);`;
    case "string":
      return `${putStringFunction(context)}(${value}); ${storePair(view, at)}`;
    case "list":
      return `${lowerListFunction(index, type.of, context, store)}(${value}); ${storePair(view, at)}`;
    case "flags":
      return storeInteger(type.size, at, flagBits(type.names, value), memory);
    case "own":
    case "borrow":
      return `${view}.setUint32(${at}, ${lowerHandle(type, value, context)}, true);`;
    case "record":
    case "tuple":
      return `${storeRecordFunction(index, type, context)}(${value}, ${at});`;
    default:
      return `${storeVariantFunction(index, type, context)}(${value}, ${at});`;
  }
}

/** Statements that write the values of a record whose first byte is at `at`. */
export function storeFields(
  fields: readonly (readonly [value: string, type: number])[],
  at: string,
  context: ValueContext,
): string {
  let offset = 0;
  const statements = fields.map(([value, index]) => {
    const { size, align } = context.source.type(index);
    offset = alignTo(offset, align);
    const statement = store(index, value, `${at} + ${offset}`, context);
    offset += size;
    return statement;
  });
  return statements.join("\n");
}

function spread(
  fields: readonly (readonly [value: string, type: number])[],
  value: string,
  outs: readonly string[],
  context: ValueContext,
): string {
  let used = 0;
  const statements = fields.map(([field, index]) => {
    const width = context.source.type(index).flat?.length ?? 0;
    const own = outs.slice(used, used + width);
    used += width;
    return lowerFlat(index, field, own, context);
  });
  return scoped(value, statements.join("\n"));
}

/** A block in which `v` is the value. */
function scoped(value: string, statements: string): string {
  return `{ const w = ${value}; { const v = w; ${statements} } }`;
}

function scalar(kind: Primitive, value: string): string {
  switch (kind) {
    case "bool":
      return `(${value} ? 1 : 0)`;
    case "u8":
      return `${value} & 255`;
    case "s8":
      return `(${value} << 24) >> 24`;
    case "u16":
      return `${value} & 65535`;
    case "s16":
      return `(${value} << 16) >> 16`;
    case "f32":
    case "f64":
      return `rt.oneNaN(${value})`;
    case "char":
      return `rt.lowerChar(${value})`;
    default:
      return value;
  }
}

function storePair(view: string, at: string): string {
  return `${view}.setUint32(${at}, P, true); ${view}.setUint32(${at} + 4, N, true);`;
}

function storeInteger(size: number, at: string, value: string, memory: number): string {
  if (size === 1) return `bytes${memory}[${at}] = ${value};`;
  return `view${memory}.setUint${size * 8}(${at}, ${value}, true);`;
}

function flagBits(names: readonly string[], value: string): string {
  const bits = names.map((name, bit) => `(v[${literal(lowerCamel(name))}] ? ${2 ** bit} : 0)`);
  return `((v) => ${bits.join(" | ")})(${value})`;
}

const encoders = { utf8: "Utf8", utf16: "Utf16", "latin1+utf16": "Latin1OrUtf16" } as const;

/** `(string)`: writes it; afterwards `P` and `N` say where it is. */
function putStringFunction(context: ValueContext): string {
  const memory = memoryOf(context);
  const { encoding } = context.options;
  const align = encoding === "utf8" ? 1 : 2;
  return context.source.once(
    "string",
    contextKey(context),
    (name) => `function ${name}(v) {
  const size = rt.size${encoders[encoding]}(v);
  const p = ${allocateFunction(context)}(${align}, size);
  N = rt.write${encoders[encoding]}(bytes${memory}, buffer${memory}, v, p, size);
  P = p;
}`,
  );
}

/** A component that implements a resource gets what it stands for when it borrows it; everybody else a handle. */
function lowerHandle(
  { kind, resource: index }: Extract<ValueType, { kind: "own" | "borrow" }>,
  value: string,
  { source, options, other }: ValueContext,
): string {
  const resource = source.plan.resources[index];
  const rep =
    other === "component" || resource?.kind === "host"
      ? value
      : `rt.GuestResource.${kind === "own" ? "take" : "rep"}(${value}, destroy${index})`;
  const table = `table${options.instance}`;
  if (kind === "own") return `${table}.add(${index}, ${rep})`;
  if (resource?.kind === "guest" && resource.instance === options.instance) return rep;
  return `${table}.addBorrow(${index}, ${rep}, S)`;
}

function lowerFlatVariant(
  type: VariantType,
  value: string,
  outs: readonly string[],
  context: ValueContext,
): string {
  const { source } = context;
  const [discriminant = "", ...payloadOuts] = outs;
  const [, ...joined] = type.flat ?? [];
  const zero = payloadOuts.map((out, position) => `${out} = ${joined[position] === "i64" ? "0n" : "0"};`);
  const body = switchOnValue(type, source, (entry, index, payload) => {
    const set = `${discriminant} = ${index};`;
    if (entry.type === null) return set;
    const own = source.type(entry.type).flat ?? [];
    const lowered = lowerFlat(entry.type, payload, payloadOuts.slice(0, own.length), context);
    const widen = own.map((have, position) => {
      const want = joined[position] ?? have;
      const out = payloadOuts[position] ?? "";
      return have === want ? "" : `${out} = ${widened(out, have, want)};`;
    });
    return `${set} ${lowered} ${widen.join(" ")}`;
  });
  return `${zero.join(" ")} ${scoped(value, body)}`;
}

function storeRecordFunction(
  index: number,
  type: Extract<ValueType, { kind: "record" | "tuple" }>,
  context: ValueContext,
): string {
  return context.source.once("store", `${index} ${contextKey(context)}`, (name) => {
    const fields =
      type.kind === "tuple"
        ? type.items.map((item, position) => [`v[${position}]`, item] as const)
        : type.fields.map(([field, item]) => [`v[${literal(lowerCamel(field))}]`, item] as const);
    return `function ${name}(v, p) { ${storeFields(fields, "p", context)} }`;
  });
}

function storeVariantFunction(index: number, type: VariantType, context: ValueContext): string {
  const { source } = context;
  return source.once("store", `${index} ${contextKey(context)}`, (name) => {
    const start = payloadStart(type, source);
    const size = discriminantSize(
      type.kind === "variant" ? type.cases.length : type.kind === "enum" ? type.names.length : 2,
    );
    const body = switchOnValue(type, source, (entry, position, payload) => {
      const discriminant = storeInteger(size, "p", String(position), memoryOf(context));
      if (entry.type === null) return discriminant;
      return `${discriminant} ${store(entry.type, payload, `p + ${start}`, context)}`;
    });
    return `function ${name}(v, p) { ${body} }`;
  });
}
