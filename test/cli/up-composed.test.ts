/** Rules 1.11 and 5.7, by running: a component of Rust as a dependency answers as it does alone, with the rights that it inherits. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { wrapper } from "../model/compose/texts.ts";
import { assemble } from "../runtime/linker/components.ts";
import { ServedApp } from "./served-app.ts";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "up-composed-"));
let app: ServedApp;
let url: string;

beforeAll(async () => {
  writeFileSync(join(root, "wrapper.wasm"), assemble({ wrapper }).wrapper);
  copyFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"), join(root, "stats.wasm"));
  const wrapped = (id: string, more: string): string => `
[[trigger.http]]
route = "/${id}"
component = "${id}"
[component.${id}]
source = "wrapper.wasm"
key_value_stores = ["default"]
dependencies = { "wasi:http/incoming-handler" = { path = "stats.wasm"${more} } }
`;
  writeFileSync(
    join(root, "spin.toml"),
    `spin_manifest_version = 2
application = { name = "composed" }
[[trigger.http]]
route = "/alone"
component = "alone"
[component.alone]
source = "stats.wasm"
key_value_stores = ["default"]
${wrapped("inheriting", ", inherit_configuration = true")}
${wrapped("some", ', inherit_configuration = ["key_value_stores"]')}
${wrapped("nothing", "")}
`,
  );
  app = new ServedApp(["-f", root, "--format", "json"]);
  url = (await app.started()).base_url;
});
afterAll(async () => {
  await app.end("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

async function answer(route: string): Promise<[number, string]> {
  const response = await fetch(`${url}/${route}`);
  return [response.status, await response.text()];
}

test("a dependency that inherits what it needs answers as the component alone", async () => {
  const alone = await answer("alone");
  expect(alone[0]).toBe(200);
  expect(await answer("inheriting")).toEqual(alone);
  expect(await answer("some")).toEqual(alone);
});

test("a dependency that inherits nothing is denied, again and again", async () => {
  const denied = await answer("nothing");
  expect(denied).not.toEqual(await answer("alone"));
  expect(await answer("nothing")).toEqual(denied);
});
