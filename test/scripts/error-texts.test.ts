/** What a person reads when the world is not as it should be: errors of the rooms that touch it, each provoked. */
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ComponentDefinition } from "../../model/definition.ts";
import {
  describeError,
  describeIssue,
  isSpinError,
  type Issue,
  validateDeployment,
} from "../../model/index.ts";
import { componentBytes } from "../../provider/build/component-bytes.ts";
import { checkConfiguration } from "../../provider/definition/read-configuration.ts";
import { route } from "../../provider/resources/route.ts";
import { loadBlob } from "../../runtime/component/blobs.ts";
import { loadTranspiled } from "../../runtime/component/transpile-cache.ts";
import { checkName } from "../../runtime/control/deployment.ts";
import { Engine } from "../../runtime/engine/engine.ts";

const digest = `sha256:${"0".repeat(64)}`;
let dir = "";

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "pulumi-spin-errors-"));
  await mkdir(join(dir, "blobs", "sha256"), { recursive: true });
  await writeFile(join(dir, "blobs", "sha256", "0".repeat(64)), "other bytes");
  await writeFile(join(dir, "api.wasm"), Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0));
});
afterAll(() => rm(dir, { recursive: true }));

const component: ComponentDefinition = {
  id: "api",
  source: "api.wasm",
  digest,
  imports: [],
  exports: [],
  grants: [],
  environment: {},
} as never;

const texts: [code: string, provoke: () => unknown, text: string][] = [
  [
    "ERR_SPIN_DEPLOYMENT_VARIABLE_UNKNOWN",
    () =>
      validateDeployment(
        { variables: [{ name: "token", required: true, secret: false }] },
        { token: "a", tokn: "b" },
      ),
    'variables.tokn: The app declares no variable "tokn". Did you mean "token"?',
  ],
  [
    "ERR_SPIN_ROUTE_PATH",
    () => route.validate?.({ route: "/", private: true, component: "api" }, {} as never),
    "route: A route has either a path or private: true; here is both. ",
  ],
  [
    "ERR_SPIN_CONFIG_UNKNOWN",
    () => checkConfiguration({ projektDir: "x" }),
    'projektDir: The provider has no setting "projektDir". ',
  ],
  ["ERR_SPIN_COMPONENT_CHANGED", () => componentBytes(component, dir), `"api.wasm" is sha256:`],
  [
    "ERR_SPIN_HOST_NAME",
    () => checkName("../shop"),
    '"../shop" cannot be the name of an app on a host (ERR_SPIN_HOST_NAME). Use letters, ',
  ],
  [
    "ERR_SPIN_RUNTIME_BLOB_DIGEST",
    () => loadBlob(join(dir, "blobs"), digest),
    `The stored blob ${digest} has the bytes of sha256:`,
  ],
  [
    "ERR_SPIN_RUNTIME_BLOB_DIGEST",
    () => loadBlob(dir, "md5:1"),
    '"md5:1" is no digest; expected sha256:<64 hex digits> (',
  ],
  [
    "ERR_SPIN_RUNTIME_TRANSPILE",
    () =>
      loadTranspiled(join(dir, "cache"), digest, async () =>
        Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0, 2, 50),
      ),
    "The component cannot be read: ",
  ],
  [
    "ERR_SPIN_RUNTIME_UNKNOWN_APP",
    () => new Engine(dir).activate("shop", 1),
    'The engine has no app "shop" (ERR_SPIN_RUNTIME_UNKNOWN_APP). `pulumi-spin host status` lists the apps.',
  ],
];

/** Of an error that is thrown, or of the issues that are given. */
async function told(provoke: () => unknown): Promise<[code: string, text: string]> {
  try {
    const [found] = (await provoke()) as Issue[];
    return [found?.code ?? "nothing", found === undefined ? "" : describeIssue(found)];
  } catch (error) {
    return isSpinError(error) ? [error.code, describeError(error)] : ["none", String(error)];
  }
}

test.each(texts)("%s", async (code, provoke, text) => {
  const [found, said] = await told(provoke);
  expect(found).toBe(code);
  expect(said.slice(0, text.length)).toBe(text);
  expect(said).toMatch(/[.?]$/);
});
