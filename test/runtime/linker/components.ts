/** Components for tests, written as text. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type LinkedInstance, linkComponent, makePlan } from "../../../runtime/linker/link.ts";
import type { HostImports } from "../../../runtime/wasi/offer.ts";

const script = fileURLToPath(new URL("assemble.ts", import.meta.url));

/** Binaries by the same names. In a process of its own, since it loads another engine; one process for all of a file. */
export function assemble<Name extends string>(texts: Record<Name, string>): Record<Name, Uint8Array> {
  const names = Object.keys(texts) as Name[];
  const output = execFileSync(process.execPath, [script], {
    input: JSON.stringify(names.map((name) => texts[name])),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const binaries = JSON.parse(output) as string[];
  const entries = names.map((name, index) => [
    name,
    Uint8Array.from(Buffer.from(binaries[index] ?? "", "base64")),
  ]);
  return Object.fromEntries(entries) as Record<Name, Uint8Array>;
}

export interface Callable {
  instance: LinkedInstance;
  /** Calls an exported function of the world. */
  call(name: string, ...args: unknown[]): unknown;
}

/** Functions of the world itself stand under "". */
export async function instantiate(
  bytes: Uint8Array,
  host: HostImports = {},
  waitingImports: readonly string[] = [],
): Promise<Callable> {
  const linked = await linkComponent(bytes, makePlan(bytes, waitingImports));
  const instance = linked.instantiate(host);
  return {
    instance,
    call: (name, ...args) => (instance.exports[name] as (...values: unknown[]) => unknown)(...args),
  };
}

/** A core module with a memory and a realloc that never frees. */
export const libc = `
  (core module $Libc
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
      (local $at i32)
      (global.set $next (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
      (local.set $at (global.get $next))
      (global.set $next (i32.add (global.get $next) (local.get $new)))
      (loop $grow
        (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536)))
          (then
            (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
            (br $grow))))
      (local.get $at)))
  (core instance $libc (instantiate $Libc))`;

/** A type of the component model, and the core values that it is flat. */
export interface FlatType {
  type: string;
  flat: readonly string[];
}

/** A component that passes on what it gets: `g` calls `f` of the host and returns what that returned. */
export function passingOn(type: string, flat: readonly string[], encoding = "utf8"): string {
  return passingOnAll([{ type, flat }], encoding, () => "");
}

/**
 * The same for many types: `g0` calls `f0` and so on. Beyond 16 core values of a parameter, and for more than one of a
 * result, they go through memory.
 */
export function passingOnAll(
  types: readonly FlatType[],
  encoding = "utf8",
  suffix: (index: number) => string = String,
): string {
  const options = `(memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=${encoding}`;
  const each = (text: (type: FlatType, n: string) => string) =>
    types.map((type, index) => text(type, suffix(index))).join("\n");
  const paramsOf = ({ flat }: FlatType) => (flat.length > 16 ? ["i32"] : flat);
  return `(component
  ${each(({ type }, n) => `(type $t${n}' ${type}) (import "t${n}" (type $t${n} (eq $t${n}')))`)}
  ${each((_type, n) => `(import "f${n}" (func $f${n} (param "x" $t${n}) (result $t${n})))`)}
  ${libc}
  ${each((_type, n) => `(core func $f${n}' (canon lower (func $f${n}) ${options}))`)}
  (core module $M
    ${each((type, n) => {
      const result = type.flat.length > 1 ? ["i32", ""] : ["", `(result ${type.flat[0]})`];
      return `(import "" "f${n}" (func $f${n} (param ${paramsOf(type).join(" ")} ${result[0]}) ${result[1]}))`;
    })}
    ${each((type, n) => {
      const isSpilled = type.flat.length > 1;
      const args = paramsOf(type).map((_type, index) => `(local.get ${index})`);
      return `(func (export "g${n}") (param ${paramsOf(type).join(" ")}) (result ${isSpilled ? "i32" : type.flat[0]})
        (call $f${n} ${args.join(" ")} ${isSpilled ? "(i32.const 1024)" : ""}) ${isSpilled ? "(i32.const 1024)" : ""})`;
    })})
  (core instance $m (instantiate $M (with "" (instance ${each((_type, n) => `(export "f${n}" (func $f${n}'))`)}))))
  ${each((_type, n) => `(func (export "g${n}") (param "x" $t${n}) (result $t${n}) (canon lift (core func $m "g${n}") ${options}))`)}
)`;
}
