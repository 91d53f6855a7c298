import { readExternName } from "../component-section.ts";
import type { Limits } from "../limits.ts";
import type { Reader } from "../reader.ts";
import { readAlias } from "./alias.ts";
import { skipCoreType } from "./core-type.ts";
import type { Declaration, Named, Primitive, TypeDefinition, ValueTypeRef } from "./definitions.ts";
import { readExternType, readFlag } from "./extern.ts";
import { readList } from "./sort.ts";

const primitives: Readonly<Record<number, Primitive>> = {
  0x7f: "bool",
  0x7e: "s8",
  0x7d: "u8",
  0x7c: "s16",
  0x7b: "u16",
  0x7a: "s32",
  0x79: "u32",
  0x78: "s64",
  0x77: "u64",
  0x76: "f32",
  0x75: "f64",
  0x74: "char",
  0x73: "string",
};

/** `deftype`: a value type, a function, a resource, or the type of a component or an instance. */
export function readTypeDefinition(reader: Reader, limits: Limits, depth: number): TypeDefinition {
  const code = reader.byte();
  const primitive = primitives[code];
  if (primitive !== undefined) return { kind: "primitive", type: primitive };
  switch (code) {
    case 0x72:
      return { kind: "record", fields: readList(reader, readLabelled) };
    case 0x71:
      return { kind: "variant", cases: readList(reader, readCase) };
    case 0x70:
      return { kind: "list", of: readValueType(reader) };
    case 0x6f:
      return { kind: "tuple", items: readList(reader, readValueType) };
    case 0x6e:
      return { kind: "flags", names: readList(reader, readLabel) };
    case 0x6d:
      return { kind: "enum", names: readList(reader, readLabel) };
    case 0x6b:
      return { kind: "option", of: readValueType(reader) };
    case 0x6a:
      return { kind: "result", ok: readOptional(reader), err: readOptional(reader) };
    case 0x69:
      return { kind: "own", resource: reader.u32() };
    case 0x68:
      return { kind: "borrow", resource: reader.u32() };
    case 0x3f:
      return readResource(reader);
    case 0x40:
    case 0x43:
      return {
        kind: "func",
        params: readList(reader, readLabelled),
        result: readResult(reader),
        isAsync: code === 0x43,
      };
    case 0x41:
    case 0x42:
      limits.enter(depth + 1);
      return {
        kind: code === 0x41 ? "component type" : "instance type",
        declarations: readList(reader, () => readDeclaration(reader, limits, depth + 1, code === 0x41)),
      };
    case 0x67:
      return { kind: "fixed list", of: readValueType(reader), length: reader.u32() };
    case 0x66:
    case 0x65:
      return { kind: code === 0x66 ? "stream" : "future", of: readOptional(reader) };
    case 0x64:
      return { kind: "error-context" };
    case 0x63:
      return { kind: "map", key: readValueType(reader), value: readValueType(reader) };
    default:
      throw reader.malformed(`has a type of the unknown kind ${code}`);
  }
}

/** One byte with the second highest bit set and the highest not is a negative number: a primitive. Else an index. */
function readValueType(reader: Reader): ValueTypeRef {
  const code = reader.byte();
  if ((code & 0xc0) === 0x40) {
    const primitive = code === 0x64 ? "error-context" : primitives[code];
    if (primitive === undefined) throw reader.malformed(`has a value of the unknown kind ${code}`);
    return primitive;
  }
  reader.offset--;
  return reader.u32();
}

function readOptional(reader: Reader): ValueTypeRef | undefined {
  return readFlag(reader) ? readValueType(reader) : undefined;
}

function readLabel(reader: Reader): string {
  const label = reader.name();
  // Explainer.md, `label`: words are all lower case or all upper case.
  if (!/^(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*$/.test(label))
    throw reader.malformed(`has the label ${JSON.stringify(label)}; expected kebab case`);
  return label;
}

function readLabelled(reader: Reader): Named<ValueTypeRef> {
  return [readLabel(reader), readValueType(reader)];
}

function readCase(reader: Reader): Named<ValueTypeRef | undefined> {
  const entry = [readLabel(reader), readOptional(reader)] as const;
  if (reader.byte() !== 0) throw reader.malformed("has a case that refines another");
  return entry;
}

function readResource(reader: Reader): TypeDefinition {
  const representation = reader.byte();
  if (representation === 0x7e) {
    return { kind: "resource", dtor: readFlag(reader) ? reader.u32() : undefined, is64: true };
  }
  if (representation !== 0x7f) throw reader.malformed("has a resource that is represented by no i32");
  return { kind: "resource", dtor: readFlag(reader) ? reader.u32() : undefined };
}

export function readResult(reader: Reader): ValueTypeRef | undefined {
  if (!readFlag(reader)) return readValueType(reader);
  if (reader.byte() !== 0) throw reader.malformed("has a function with named results");
  return undefined;
}

function readDeclaration(reader: Reader, limits: Limits, depth: number, isComponent: boolean): Declaration {
  limits.keep();
  const code = reader.byte();
  switch (code) {
    case 0x00:
      skipCoreType(reader);
      return { kind: "core type" };
    case 0x01: {
      const type = readTypeDefinition(reader, limits, depth);
      if (type.kind === "resource") throw reader.malformed("defines a resource inside a type");
      return { kind: "type", type };
    }
    case 0x02:
      return readAlias(reader);
    case 0x04:
      return { kind: "export", name: readExternName(reader), type: readExternType(reader) };
    case 0x03:
      if (isComponent) return { kind: "import", name: readExternName(reader), type: readExternType(reader) };
  }
  throw reader.malformed(`has a declaration of the unknown kind ${code}`);
}
