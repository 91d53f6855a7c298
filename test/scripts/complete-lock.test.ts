import { describe, expect, test } from "@jest/globals";
import { completeLock, platformOf } from "../../scripts/complete-lock.mjs";

describe("completeLock", () => {
  test("adds the native packages that are declared and missing, and nothing a second time", () => {
    const oxlint = {
      version: "1.0.0",
      dev: true,
      optionalDependencies: { "@oxlint/linux-x64-gnu": "1.0.0", "@oxlint/win32-arm64": "1.0.0" },
    };
    const present = { version: "1.0.0", optional: true };
    const lock = {
      packages: { "": {}, "node_modules/oxlint": oxlint, "node_modules/@oxlint/linux-x64-gnu": present },
    };
    expect(completeLock(lock)).toEqual(["node_modules/@oxlint/win32-arm64"]);
    expect(lock.packages).toMatchObject({
      "node_modules/@oxlint/win32-arm64": {
        version: "1.0.0",
        dev: true,
        optional: true,
        os: ["win32"],
        cpu: ["arm64"],
      },
    });
    expect(completeLock(lock)).toEqual([]);
  });

  test("nests a package when another version of it is already above", () => {
    const parser = { version: "2.0.0", optionalDependencies: { "@oxc/darwin-x64": "2.0.0" } };
    const lock = {
      packages: { "node_modules/parser": parser, "node_modules/@oxc/darwin-x64": { version: "1.0.0" } },
    };
    expect(completeLock(lock)).toEqual(["node_modules/parser/node_modules/@oxc/darwin-x64"]);
  });

  test("leaves ranges to npm", () => {
    const lock = {
      packages: { "node_modules/a": { version: "1.0.0", optionalDependencies: { fsevents: "^2.3.3" } } },
    };
    expect(completeLock(lock)).toEqual([]);
  });
});

describe("platformOf", () => {
  test.each([
    ["@oxlint/binding-linux-arm64-musl", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }],
    ["@oxfmt/binding-linux-arm-musleabihf", { os: ["linux"], cpu: ["arm"], libc: ["musl"] }],
    ["@swc/core-linux-x64-gnu", { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }],
    ["@swc/core-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
    ["@rolldown/binding-wasm32-wasi", { cpu: ["wasm32"] }],
  ])("%s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});
