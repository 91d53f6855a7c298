import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { isAtLeast } from "../../../scripts/executable.ts";
import { findOnPath } from "../../../scripts/pulumi/on-path.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "on-path-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

function executable(folder: string, name: string, script = ""): string {
  mkdirSync(join(dir, folder), { recursive: true });
  const file = join(dir, folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function find(...folders: string[]) {
  const said: string[] = [];
  const path = folders.map((folder) => join(dir, folder)).join(delimiter);
  const cli = await findOnPath({ PATH: path }, (line) => said.push(line));
  return { cli, said };
}

describe("findOnPath", () => {
  test("takes a recent CLI with a language host beside it", async () => {
    const path = executable("bin", "pulumi", "echo v3.250.1");
    executable("bin", "pulumi-language-nodejs");
    expect(await find("bin")).toEqual({
      cli: { binDir: join(dir, "bin"), path, version: "v3.250.1", origin: "PATH" },
      said: [],
    });
  });

  test("takes a link to a CLI whose host is beside the real file", async () => {
    executable("real", "pulumi-language-nodejs");
    mkdirSync(join(dir, "bin"));
    symlinkSync(executable("real", "pulumi", "echo 3.300.0"), join(dir, "bin", "pulumi"));
    expect((await find("bin")).cli?.version).toBe("3.300.0");
  });

  test("takes a CLI whose host is elsewhere on PATH", async () => {
    executable("bin", "pulumi", "echo v3.200.0");
    executable("other", "pulumi-language-nodejs");
    expect((await find("bin", "other")).cli?.version).toBe("v3.200.0");
  });

  test.each([
    ["is too old", "echo v3.199.9", /is Pulumi v3\.199\.9, older than 3\.200\.0: it is not used/],
    ["has no language host", "echo v3.250.0", /without pulumi-language-nodejs.*it is not used/],
    ["does not run", "exit 1", /does not say its version/],
    ["says something else", "echo hello", /does not say its version/],
  ])("passes over one that %s, and says so", async (_why, script, message) => {
    executable("bin", "pulumi", script);
    const { cli, said } = await find("bin");
    expect(cli).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(message)]);
  });

  test("says nothing where there is none", async () => {
    expect(await find("empty")).toEqual({ cli: undefined, said: [] });
  });
});

describe("isAtLeast", () => {
  test.each([
    ["v3.200.0", "3.200.0", true],
    ["3.1000.0", "3.200.0", true],
    ["v4.0.0", "3.200.0", true],
    ["v3.199.99", "3.200.0", false],
    ["v2.300.0", "3.200.0", false],
    ["3.201.0-alpha.1", "3.200.0", true],
    ["1.21", "1.21", true],
    ["1.9.7", "1.21", false],
  ])("%s against %s is %s", (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected);
  });
});
