/** What a denied function answers, as Spin's adapter does: an error of its own type where it has one, else it traps. */
import { discriminantSize, payloadOffset } from "../../wasm/component/layout.ts";
import type { Func, Named, Value } from "../types/types.ts";
import { layoutOf } from "./layout-of.ts";

/** Where `"<interface>" is not permitted` is in the memory that an answer is written for. */
export interface Text {
  address: number;
  length: number;
}

export interface Answer {
  /** The result in memory. */
  bytes: Uint8Array;
  /** Where in it the first parameter, a text, takes the place of the message: a variable is said to be undefined by its name. */
  echoAt?: number;
}

type Cases = readonly Named<Value | undefined>[];

/** Cases of error types, in the order in which one is looked for. */
const cases = [
  "access-denied",
  "destination-not-allowed",
  "model-not-supported",
  "undefined",
  "internal-error",
  "other",
  "other-error",
  "io",
  "error",
];

/** `undefined` for a function that traps. Every result that is answered takes more than one core value. */
export function answerOf({ params, result }: Func, text: Text): Answer | undefined {
  if (result === undefined) return undefined;
  // An empty list, and no value, are nothing but zeros.
  const isEmpty = result.kind === "list" || result.kind === "option";
  const bytes = new Uint8Array(isEmpty || result.kind === "result" ? layoutOf(result).size : 0);
  if (isEmpty) return { bytes };
  if (result.kind !== "result" || result.err === undefined) return undefined;
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  const parts = [result.ok, result.err].filter((part) => part !== undefined);
  const at = payloadAt(2, parts);
  if (!writeError(result.err, view, at, text)) return undefined;
  const [first] = params;
  const isNamed = first?.[1].kind === "primitive" && first[1].name === "string";
  const isUndefined = result.err.kind === "variant" && caseOf(result.err.cases) === "undefined";
  if (!isNamed || !isUndefined || result.err.kind !== "variant") return { bytes };
  return { bytes, echoAt: at + payloadAt(result.err.cases.length, payloadsOf(result.err.cases)) };
}

function writeError(type: Value, view: DataView, at: number, text: Text): boolean {
  const named: Cases =
    type.kind === "variant"
      ? type.cases
      : type.kind === "enum"
        ? type.names.map((name) => [name, undefined] as const)
        : [];
  const wanted = caseOf(named);
  const index = named.findIndex(([name]) => name === wanted);
  if (index === -1) return false;
  setDiscriminant(view, at, index, named.length);
  const payload = named[index]?.[1];
  if (payload === undefined) return true;
  return writeText(payload, view, at + payloadAt(named.length, payloadsOf(named)), text);
}

function caseOf(named: Cases): string | undefined {
  return cases.find((it) => named.some(([name]) => name === it));
}

function payloadsOf(named: Cases): Value[] {
  return named.flatMap(([, part]) => part ?? []);
}

function writeText(type: Value, view: DataView, at: number, text: Text): boolean {
  if (type.kind === "option") {
    view.setUint8(at, 1);
    return writeText(type.of, view, at + payloadAt(2, [type.of]), text);
  }
  if (type.kind !== "primitive" || type.name !== "string") return false;
  view.setUint32(at, text.address, true);
  view.setUint32(at + 4, text.length, true);
  return true;
}

function payloadAt(count: number, parts: readonly Value[]): number {
  const align = parts.reduce((most, part) => Math.max(most, layoutOf(part).align), 1);
  return payloadOffset(count, align);
}

function setDiscriminant(view: DataView, at: number, index: number, count: number): void {
  const size = discriminantSize(count);
  if (size === 1) view.setUint8(at, index);
  else if (size === 2) view.setUint16(at, index, true);
  else view.setUint32(at, index, true);
}
