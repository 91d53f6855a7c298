/** jco as the yardstick: what a host function sees and returns is the same on both bindings. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { assemble, passingOnAll } from "./components.ts";
import { valueTypes } from "./value-types.ts";

test("values of every type are those of jco", () => {
  const { all } = assemble({ all: passingOnAll(Object.values(valueTypes)) });
  const script = fileURLToPath(new URL("jco-parity.ts", import.meta.url));
  const output = execFileSync(process.execPath, [script], {
    input: Buffer.from(all).toString("base64"),
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual([]);
});
