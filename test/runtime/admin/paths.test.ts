import { afterEach, describe, expect, test } from "@jest/globals";
import { homedir } from "node:os";
import { join } from "node:path";
import { resolveStateDir, shortSocketFolder, socketPath } from "../../../runtime/admin/paths.ts";

const names = ["PULUMI_SPIN_HOST_DIR", "XDG_STATE_HOME"];
const before = names.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) set(name, value);
});

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

describe("the host's folder", () => {
  test.each([
    ["what is given", "/given", "/named", "/xdg", "/given"],
    ["else PULUMI_SPIN_HOST_DIR", undefined, "/named", "/xdg", "/named"],
    ["else below XDG_STATE_HOME", undefined, "", "/xdg", "/xdg/pulumi-spin"],
    ["else the default of XDG", undefined, undefined, undefined, join(homedir(), ".local/state/pulumi-spin")],
    [
      "not below a relative XDG_STATE_HOME",
      undefined,
      undefined,
      "xdg",
      join(homedir(), ".local/state/pulumi-spin"),
    ],
  ])("is %s", (_which, given, named, xdg, expected) => {
    set("PULUMI_SPIN_HOST_DIR", named);
    set("XDG_STATE_HOME", xdg);
    expect(resolveStateDir(given)).toBe(expected);
  });

  test("is absolute", () => {
    expect(resolveStateDir("state")).toBe(join(process.cwd(), "state"));
  });
});

describe("a socket", () => {
  test("lies in the folder, as long as its path fits", () => {
    expect(socketPath("/var/host", "control")).toBe("/var/host/control.sock");
    const longest = `/${"a".repeat(103 - "/control.sock".length - 1)}`;
    expect(socketPath(longest, "control")).toBe(`${longest}/control.sock`);
  });

  test("lies in a short folder of this folder's own where it does not fit, counted in bytes", () => {
    for (const long of [`/${"a".repeat(103 - "/control.sock".length)}`, `/${"ü".repeat(50)}`]) {
      expect(socketPath(long, "control")).toBe(`${shortSocketFolder(long)}/control.sock`);
      expect(shortSocketFolder(long)).not.toBe(shortSocketFolder(`${long}b`));
      expect(Buffer.byteLength(socketPath(long, "control"))).toBeLessThan(104);
    }
  });
});
