/** Components as text: what applications and libraries do, in small. */
import { libc } from "../../runtime/linker/components.ts";

const addType = '(export "add" (func (param "a" u32) (param "b" u32) (result u32)))';

export function library(name: string, operation = "i32.add", inner = "add", type = "u32"): string {
  return `(component
    (core module $M (func (export "f") (param i32 i32) (result i32) (${operation} (local.get 0) (local.get 1))))
    (core instance $m (instantiate $M))
    (func $f (param "a" ${type}) (param "b" ${type}) (result ${type}) (canon lift (core func $m "f")))
    (instance $i (export "${inner}" (func $f)))
    (export "${name}" (instance $i)))`;
}

export function caller(name: string): string {
  return `(component
    (import "${name}" (instance $a ${addType}))
    (core func $add (canon lower (func $a "add")))
    (core module $M (import "" "add" (func $add (param i32 i32) (result i32)))
      (func (export "run") (result i32) (call $add (i32.const 20) (i32.const 22))))
    (core instance $m (instantiate $M (with "" (instance (export "add" (func $add))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))`;
}

/** Takes a variable of the host's and returns whether it was given, and what it was told. */
export const reader = `(component
  (import "fermyon:spin/variables@2.0.0" (instance $v
    (type $e' (variant (case "invalid-name" string) (case "undefined" string) (case "provider" string) (case "other" string)))
    (export "error" (type $e (eq $e')))
    (export "get" (func (param "name" string) (result (result string (error $e)))))))
  (import "wasi:cli/environment@0.2.3" (instance $n (export "get-environment" (func (result (list (tuple string string)))))))
  (alias export $v "error" (type $e))
  ${libc}
  (core func $get (canon lower (func $v "get") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core func $environment (canon lower (func $n "get-environment") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core module $M
    (import "" "memory" (memory 1))
    (import "" "get" (func $get (param i32 i32 i32)))
    (import "" "environment" (func $environment (param i32)))
    (data (i32.const 16) "colour")
    (func (export "read") (result i32) (call $get (i32.const 16) (i32.const 6) (i32.const 64)) (i32.const 64))
    (func (export "count") (result i32) (call $environment (i32.const 128)) (i32.load (i32.const 132))))
  (core instance $m (instantiate $M (with "" (instance
    (export "memory" (memory $libc "memory")) (export "get" (func $get)) (export "environment" (func $environment))))))
  (func $read (result (result string (error $e))) (canon lift (core func $m "read") (memory (core memory $libc "memory"))))
  (func $count (result u32) (canon lift (core func $m "count")))
  (instance $i (export "error" (type $e)) (export "read" (func $read)) (export "count" (func $count)))
  (export "acme:settings/settings" (instance $i)))`;

export const settingsUser = `(component
  (import "acme:settings/settings" (instance $s
    (type $e' (variant (case "invalid-name" string) (case "undefined" string) (case "provider" string) (case "other" string)))
    (export "error" (type $e (eq $e')))
    (export "read" (func (result (result string (error $e)))))
    (export "count" (func (result u32)))))
  (export "acme:settings/settings" (instance $s)))`;

/** Passes on the handler that it imports, with the types of the host. */
export const wrapper = `(component
  (import "wasi:http/types@0.2.0" (instance $t
    (export "incoming-request" (type (sub resource))) (export "response-outparam" (type (sub resource)))))
  (alias export $t "incoming-request" (type $req)) (alias export $t "response-outparam" (type $out))
  (import "wasi:http/incoming-handler@0.2.0" (instance $h
    (export "incoming-request" (type $q (eq $req))) (export "response-outparam" (type $o (eq $out)))
    (export "handle" (func (param "request" (own $q)) (param "response-out" (own $o))))))
  (export "wasi:http/incoming-handler@0.2.0" (instance $h)))`;

/** Two interfaces, of which one takes the resource of the other. */
export const store = `(component
  (type $r (resource (rep i32)))
  (instance $i (export "r" (type $r)))
  (export $types "acme:store/types" (instance $i))
  (alias export $types "r" (type $named))
  (core module $M (func (export "take") (param i32)))
  (core instance $m (instantiate $M))
  (func $take (param "x" (own $named)) (canon lift (core func $m "take")))
  (instance $a (export "r" (type $named)) (export "take" (func $take)))
  (export "acme:store/api" (instance $a)))`;

export const storeUser = `(component
  (import "acme:store/types" (instance $t (export "r" (type (sub resource)))))
  (alias export $t "r" (type $r))
  (import "acme:store/api" (instance
    (export "r" (type $q (eq $r))) (export "take" (func (param "x" (own $q)))))))`;
