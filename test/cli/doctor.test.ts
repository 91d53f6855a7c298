import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../support/imports.ts";
import { pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "pulumi-spin-doctor-"));
let folder = "";
let count = 0;

/** The Rust component of the quickstart, with grants that it uses and grants that it does not. */
const text = `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json
spin_manifest_version = 2

[application]
name = "shop"

[[trigger.http]]
route = "/..."
component = "stats"

[component.stats]
source = "stats.wasm"
key_value_stores = ["default"] # the visits
# of last year
ai_models = ["llama2-chat"]
files = ["assets/*", "lost.txt"]
`;

beforeEach(() => {
  folder = join(root, String(count++));
  mkdirSync(join(folder, "assets"), { recursive: true });
  cpSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"), join(folder, "stats.wasm"));
  writeFileSync(join(folder, "spin.toml"), text);
});
afterAll(() => rmSync(root, { recursive: true }));

const manifest = (): string => readFileSync(join(folder, "spin.toml"), "utf8");

describe("pulumi-spin doctor", () => {
  test("says what it found, where, why, the next step, and what a fix would change", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["doctor", folder]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout.replaceAll(folder, "shop")).toMatchSnapshot();
    expect(manifest()).toBe(text);
  });

  test("gives the same as data, with places and diffs", async () => {
    const { exitCode, stdout } = await pulumiSpin(["doctor", folder, "--format", "json"]);
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: "ERR_SPIN_GRANT_DEAD",
        severity: "warning",
        file: "spin.toml",
        path: "component.stats.ai_models",
        position: { line: 15, column: 1 },
        fix: {
          title: "remove component.stats.ai_models",
          edits: [{ remove: "component.stats.ai_models" }],
          diff: [
            "  14  # of last year",
            '- 15  ai_models = ["llama2-chat"]',
            '  16  files = ["assets/*", "lost.txt"]',
          ],
        },
      }),
    );
  });

  test("--fix --yes makes the changes, keeps comments, order and mode, and then finds none of them", async () => {
    chmodSync(join(folder, "spin.toml"), 0o640);
    const { stdout } = await pulumiSpin(["doctor", folder, "--fix", "--yes"]);
    expect(stdout).toMatch(/^fixed: remove component\.stats\.ai_models\n/);
    expect(manifest()).toBe(text.replace('ai_models = ["llama2-chat"]\n', ""));
    expect(statSync(join(folder, "spin.toml")).mode & 0o777).toBe(0o640);
    const again = await pulumiSpin(["doctor", folder, "--fix", "--yes"]);
    expect(again.stdout).not.toContain("fixed:");
    expect(again.stdout).not.toContain("ERR_SPIN_GRANT_DEAD");
  });

  test("--fix without a terminal and without --yes changes nothing and says so", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["doctor", folder, "--fix"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/nobody at a terminal.*--fix --yes/s);
    expect(manifest()).toBe(text);
  });

  test.each([
    [["--yes"], /--yes answers what --fix asks/],
    [["--fail-on", "note"], /levels are warning and error/],
    [["--target", "spin-upp"], /Did you mean "spin-up"\?/],
    [["a", "b"], /at most 1 argument/],
  ])("%j makes no sense", async (words, expected) => {
    const { exitCode, stderr } = await pulumiSpin(["doctor", ...words]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(expected);
  });

  test("ends with 0 when only warnings are found, and with 1 where they are to fail on", async () => {
    writeFileSync(join(folder, "spin.toml"), text.replace(', "lost.txt"', ""));
    expect((await pulumiSpin(["doctor", folder])).exitCode).toBe(0);
    expect((await pulumiSpin(["doctor", folder, "--fail-on", "warning"])).exitCode).toBe(1);
  });

  test("looks at the runtime configuration and the target", async () => {
    writeFileSync(join(folder, "spin.toml"), text.replace("default", "visits"));
    writeFileSync(join(folder, "runtime-config.toml"), '[key_value_store.visit]\ntype = "spin"\n');
    const { stdout } = await pulumiSpin(["doctor", folder, "--target", "bundled host,spinkube"]);
    expect(stdout).toMatch(
      /spin\.toml:13:21: error: .*"visits", which the runtime configuration does not have/,
    );
    expect(stdout).toMatch(/runtime-config\.toml:1:18: warning: .*\[key_value_store\.visit\]/);
    expect(stdout).toMatch(/spin\.toml:16:1: error: .*files .*, which the bundled host does not serve/);
  });

  test("finds nothing in a manifest without fault", async () => {
    writeFileSync(join(folder, "spin.toml"), text.replace(/# of last year[^]*/, ""));
    const { exitCode, stdout } = await pulumiSpin(["doctor", join(folder, "spin.toml")]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `${join(folder, "spin.toml")}: nothing found.\n`,
    });
  });
});

describe("pulumi-spin inspect of a spin.toml", () => {
  test("is tables of triggers, components and capabilities joined with the binary", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["inspect", folder, "--target", "spin-up"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatchSnapshot();
  });

  test("is data with --format json", async () => {
    const { stdout } = await pulumiSpin(["inspect", join(folder, "spin.toml"), "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "shop",
      triggers: [{ type: "http", calledBy: "/...", component: "stats" }],
      components: [{ id: "stats", binary: "read", kind: "component" }],
      capabilities: [
        { kind: "key-value-store", value: "default", used: "imported" },
        { kind: "ai-model", value: "llama2-chat", used: "never imported" },
        { kind: "file", value: "assets/*" },
        { kind: "file", value: "lost.txt" },
      ],
    });
  });
});
