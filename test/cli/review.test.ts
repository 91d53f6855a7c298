import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "pulumi-spin-review-"));
const [base, head] = [join(folder, "base.toml"), join(folder, "head.toml")];
const manifest = (setting: string): string =>
  `spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
route = "/..."
component = "api"
[component.api]
source = "api.wasm"
${setting}
`;

beforeAll(() => {
  writeFileSync(base, manifest('allowed_outbound_hosts = ["https://api.example.com"]'));
  writeFileSync(head, manifest('allowed_outbound_hosts = ["https://*.example.com"]'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("pulumi-spin review BASE HEAD", () => {
  test("prints what changes as Markdown and ends with 0", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["review", base, head]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("1 change: 1 medium.");
    expect(stdout).toContain(
      "| 🟡 medium | widened | `api` | outbound host `https://api.example.com` → `https://*.example.com` |",
    );
  });

  test("prints the changes as one JSON value", async () => {
    const { exitCode, stdout } = await pulumiSpin(["review", base, head, "--format", "json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ change: "widened", risk: "medium", component: "api" }]);
  });

  test.each([
    ["low", [base, head], 1],
    ["medium", [base, head], 1],
    ["high", [base, head], 0],
    ["low", [head, base], 0],
    ["low", [base, base], 0],
  ])("--fail-on %s of %j ends with %i, and prints the review all the same", async (risk, files, expected) => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["review", ...files, "--fail-on", risk]);
    expect({ exitCode, stderr }).toEqual({ exitCode: expected, stderr: "" });
    expect(stdout).toMatch(/^## Capability review\n/);
  });

  test("--fail-on knows its risks", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["review", base, head, "--fail-on", "severe"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain('not "severe"');
    expect(stderr).toContain("low, medium, high, critical");
  });

  test("tells which imports a binary gained, where both are built", async () => {
    const [old, now] = ["old", "new"].map((name) => join(folder, name));
    for (const [place = "", bytes] of [[old, module()] as const, [now, module("env", "f")] as const]) {
      mkdirSync(place);
      writeFileSync(join(place, "spin.toml"), manifest(""));
      writeFileSync(join(place, "api.wasm"), bytes);
    }
    const { stdout } = await pulumiSpin(["review", old ?? "", now ?? ""]);
    expect(stdout).toContain("| ⚪ low | added | `api` | import `env#f` |");
  });

  test("says of a file that is not there what to give", async () => {
    const { exitCode, stderr } = await pulumiSpin(["review", base, join(folder, "none.toml")]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/none\.toml cannot be read.*ERR_SPIN_MANIFEST_FILE/s);
  });
});

/** A core module that imports this function, or nothing. */
function module(...names: string[]): Uint8Array {
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  if (names.length === 0) return Uint8Array.from(head);
  const texts = names.flatMap((name) => [name.length, ...Buffer.from(name)]);
  const entry = [1, ...texts, 0, 0];
  return Uint8Array.from([...head, 1, 4, 1, 0x60, 0, 0, 2, entry.length, ...entry]);
}
