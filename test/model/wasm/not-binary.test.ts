/** Files that are given in place of a WebAssembly binary. */
import { expect, test } from "@jest/globals";
import { inspectWasm } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ["a module", '(module (func (export "run")))'],
  ["an empty module", "(module)"],
  ["a component", "(component\n)"],
  ["a module with a name", "(module$a)"],
  ["a module behind blanks", " \r\n\t( module )"],
  ["a module behind comments", ";; généré\n(; of two\n; lines ;)(module)"],
  ["a module behind a byte order mark", "\uFEFF(module)"],
])("WebAssembly text is recognized: %s", (_what, text) => {
  const error = caught(() => inspectWasm(bytes(text)));
  expect(error.code).toBe("ERR_SPIN_WASM_MAGIC");
  expect(error.message).toBe("The file is no WebAssembly binary: it holds WebAssembly text.");
  expect(error.hint).toContain("wasm-tools parse");
});

test.each([
  ["a page of HTML", "<html><body>404</body></html>"],
  ["another language with parentheses", "(modules are great)"],
  ["a comment without an end", `(;${" ;".repeat(100)}`],
  ["a comment alone", ";; (module)"],
])("other text is only text: %s", (_what, text) => {
  expect(caught(() => inspectWasm(bytes(text))).message).toContain("it holds text");
});

test.each([
  ["blanks", " "],
  ["opened comments", "(;"],
  ["semicolons", ";"],
  ["comments", ";;\n"],
])("a long file of %s is not searched for long", (_what, unit) => {
  expect(caught(() => inspectWasm(bytes(unit.repeat(1_000_000)))).code).toBe("ERR_SPIN_WASM_MAGIC");
});
