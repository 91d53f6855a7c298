import type { CoreType } from "../../../model/wasm/component/layout.ts";
import type { ValueType } from "../plan/link-plan.ts";
import { payloadOffset } from "../../../model/wasm/component/layout.ts";
import { literal } from "./names.ts";
import type { Source } from "./source.ts";

type Kind = "variant" | "enum" | "option" | "result";
export type VariantType = Extract<ValueType, { kind: Kind }>;

export interface Case {
  name: string;
  type: number | null;
}

export function isVariant(type: ValueType): type is VariantType {
  return type.kind === "variant" || type.kind === "enum" || type.kind === "option" || type.kind === "result";
}

export function casesOf(type: VariantType): Case[] {
  switch (type.kind) {
    case "variant":
      return type.cases.map(([name, payload]) => ({ name, type: payload }));
    case "enum":
      return type.names.map((name) => ({ name, type: null }));
    case "option":
      return [
        { name: "none", type: null },
        { name: "some", type: type.of },
      ];
    case "result":
      return [
        { name: "ok", type: type.ok },
        { name: "err", type: type.err },
      ];
  }
}

/** An option in an option needs a tag, since `undefined` could be either. */
export function isTagged(type: VariantType, source: Source): boolean {
  return type.kind !== "enum" && (type.kind !== "option" || source.type(type.of).kind === "option");
}

/** Expression that makes the JavaScript value of a case. */
export function caseValue(
  type: VariantType,
  { name }: Case,
  payload: string | undefined,
  source: Source,
): string {
  if (type.kind === "enum") return literal(name);
  if (!isTagged(type, source)) return payload ?? "undefined";
  const tag = `tag: ${literal(name)}`;
  if (payload !== undefined) return `{ ${tag}, val: ${payload} }`;
  return type.kind === "result" ? `{ ${tag}, val: undefined }` : `{ ${tag} }`;
}

/** Statement that runs `body` of the case that the value `v` is; anything else is an error of the host. */
export function switchOnValue(
  type: VariantType,
  source: Source,
  body: (entry: Case, index: number, payload: string) => string,
): string {
  const cases = casesOf(type);
  if (type.kind === "option" && !isTagged(type, source)) {
    const [none, some] = cases as [Case, Case];
    return `if (v === undefined || v === null) { ${body(none, 0, "")} } else { ${body(some, 1, "v")} }`;
  }
  const tag = type.kind === "enum" ? "v" : "v.tag";
  const branches = cases.map(
    (entry, index) => `case ${literal(entry.name)}: { ${body(entry, index, "v.val")} break; }`,
  );
  return `switch (${tag}) { ${branches.join("\n")} default: throw rt.noCase(${tag}); }`;
}

/** Where the payload of each case begins. */
export function payloadStart(type: VariantType, source: Source): number {
  const cases = casesOf(type);
  const align = cases.reduce(
    (most, { type: payload }) => Math.max(most, payload === null ? 1 : source.type(payload).align),
    1,
  );
  return payloadOffset(cases.length, align);
}

/** Expression: a core value of the joined type as one of the type that a case has. */
export function narrowed(value: string, have: CoreType, want: CoreType): string {
  if (have === want) return value;
  const low = have === "i64" ? `Number(BigInt.asIntN(32, ${value}))` : value;
  if (want === "i32") return low;
  return want === "f32" ? `rt.f32OfBits(${low})` : `rt.f64OfBits(${value})`;
}

/** Expression: a core value of a case as one of the joined type. */
export function widened(value: string, have: CoreType, want: CoreType): string {
  if (have === want) return value;
  if (have === "f64") return `rt.bitsOfF64(${value})`;
  const bits = have === "f32" ? `rt.bitsOfF32(${value})` : value;
  return want === "i64" ? `BigInt(${bits} >>> 0)` : bits;
}
