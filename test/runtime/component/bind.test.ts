import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkInterfaces } from "../../../runtime/component/interfaces.ts";
import { binaryKind } from "../../../runtime/component/binary.ts";

const folder = mkdtempSync(join(tmpdir(), "bind-"));
const script = fileURLToPath(new URL("dummy-component.ts", import.meta.url));
let dummy: (world: string) => Uint8Array;

beforeAll(() => {
  dummy = (world) => {
    const path = join(folder, "dummy.wasm");
    execFileSync(process.execPath, [script, path, world], { stdio: "pipe" });
    return readFileSync(path);
  };
});

afterAll(() => rmSync(folder, { recursive: true }));

const packages = `
package wasi:http@0.2.99 { interface incoming-handler { handle: func(); } }
package wasi:random@0.2.99 { interface random { get-random-u64: func() -> u64; } }
package fermyon:spin@9.0.0 { interface sqlite { open: func(); } }`;

test("a component of any 0.2.x is accepted", () => {
  const bytes = dummy(
    `world w { import wasi:random/random@0.2.99; export wasi:http/incoming-handler@0.2.99; } ${packages}`,
  );
  expect(binaryKind(bytes)).toBe("component");
  expect(() => checkInterfaces("c", bytes)).not.toThrow();
});

test("an import that nobody offers names the interface and the component", () => {
  const bytes = dummy(
    `world w { import fermyon:spin/sqlite@9.0.0; export wasi:http/incoming-handler@0.2.99; } ${packages}`,
  );
  expect(() => checkInterfaces("my-component", bytes)).toThrow(
    expect.objectContaining({
      code: "ERR_SPIN_RUNTIME_IMPORT",
      message:
        'The component "my-component" imports fermyon:spin/sqlite@9.0.0, which this host does not offer.',
    }) as unknown as Error,
  );
});

test("a component without a handler says what it exports", () => {
  const bytes = dummy(`world w { import wasi:random/random@0.2.99; } ${packages}`);
  expect(() => checkInterfaces("c", bytes)).toThrow(
    expect.objectContaining({
      code: "ERR_SPIN_RUNTIME_EXPORT",
      message: expect.stringContaining("exports nothing"),
    }) as unknown as Error,
  );
});
