/** Types of core modules (WebAssembly core specification 3.0, 5.3), as far as linking has to read over them. */
import { readMemory, skipTableLimits } from "../memory.ts";
import type { Reader } from "../reader.ts";
import { readFlag } from "./extern.ts";
import { readList } from "./sort.ts";

/** Signature of a function, for example `i32 i64 -> i32`; what is no number is `?`. */
export type Signature = string;

const numbers: Readonly<Record<number, string>> = { 0x7f: "i32", 0x7e: "i64", 0x7d: "f32", 0x7c: "f64" };

/** `core:deftype` of a component's section 3: a type of the core, or the type of a module. */
export function skipCoreType(reader: Reader): void {
  const code = reader.byte();
  if (code === 0x50) {
    readList(reader, skipModuleDeclaration);
    return;
  }
  if (code !== 0x00) reader.offset--;
  readRecursiveTypes(reader);
}

/** `rectype`: the signatures of its functions, in order; `undefined` for what is no function. */
export function readRecursiveTypes(reader: Reader): (Signature | undefined)[] {
  if (reader.byte() === 0x4e) return readList(reader, readSubtype);
  reader.offset--;
  return [readSubtype(reader)];
}

function readSubtype(reader: Reader): Signature | undefined {
  const code = reader.byte();
  if (code === 0x50 || code === 0x4f) {
    readList(reader, (types) => types.u32());
    return readCompositeType(reader, reader.byte());
  }
  return readCompositeType(reader, code);
}

function readCompositeType(reader: Reader, code: number): Signature | undefined {
  switch (code) {
    case 0x60:
      return `${readList(reader, readValueType).join(" ")} -> ${readList(reader, readValueType).join(" ")}`;
    case 0x5f:
      readList(reader, skipField);
      return undefined;
    case 0x5e:
      skipField(reader);
      return undefined;
    default:
      throw reader.malformed(`has a core type of the unknown kind ${code}`);
  }
}

/** Storage type and mutability; packed types take a byte as the others do. */
function skipField(reader: Reader): void {
  readValueType(reader);
  readFlag(reader);
}

/** References with a heap type take a number after their byte. */
function readValueType(reader: Reader): string {
  const code = reader.byte();
  if (code === 0x63 || code === 0x64) reader.skipNumber();
  else if (code < 0x40 || code > 0x7f) throw reader.malformed(`has a core value of the unknown kind ${code}`);
  return numbers[code] ?? "?";
}

/** `externtype` of an import; returns the kind's number and, of functions, the index of their type. */
export function readCoreExtern(reader: Reader): {
  code: number;
  type?: number;
  isShared?: boolean;
  is64?: boolean;
} {
  const code = reader.byte();
  switch (code) {
    case 0x00:
      return { code, type: reader.u32() };
    case 0x01:
      readValueType(reader);
      skipTableLimits(reader);
      return { code };
    case 0x02: {
      const { isShared, is64 } = readMemory(reader, true);
      return { code, isShared, is64 };
    }
    case 0x03:
      readValueType(reader);
      reader.byte();
      return { code };
    case 0x04:
      reader.byte();
      return { code, type: reader.u32() };
    default:
      throw reader.malformed(`has an import of the unknown kind ${code}`);
  }
}

function skipModuleDeclaration(reader: Reader): void {
  const code = reader.byte();
  switch (code) {
    case 0x00:
      reader.name();
      reader.name();
      readCoreExtern(reader);
      return;
    case 0x01:
      readRecursiveTypes(reader);
      return;
    case 0x02:
      if (reader.byte() !== 0x10 || reader.byte() !== 0x01)
        throw reader.malformed("has an alias of something else than an outer core type");
      reader.u32();
      reader.u32();
      return;
    case 0x03:
      reader.name();
      readCoreExtern(reader);
      return;
    default:
      throw reader.malformed(`has a declaration of the unknown kind ${code}`);
  }
}
