import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { placePlugins } from "../../../scripts/pulumi/beside.ts";
import { type CliCache, cliCache } from "../../../scripts/pulumi/cache.ts";

let dir = "";
let cache: CliCache;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "beside-"));
  cache = cliCache({ XDG_CACHE_HOME: dir });
});
afterEach(() => rmSync(dir, { recursive: true }));

const host = (): string => join(cache.binDir, "pulumi-language-nodejs");

const script = (): string => join(cache.binDir, "languages", "host.mjs");

describe("placePlugins", () => {
  test("puts language hosts and the provider of dynamic resources beside the CLI, executable", () => {
    placePlugins(cache);
    const names = ["language-nodejs", "language-python", "language-go", "resource-pulumi-nodejs"];
    for (const name of names) {
      expect(statSync(join(cache.binDir, `pulumi-${name}`)).mode & 0o111).toBe(0o111);
    }
    expect(existsSync(script())).toBe(true);
  });

  test("brings a file of an earlier version up to date, and leaves one alone that is", () => {
    placePlugins(cache);
    const before = statSync(host()).ino;
    writeFileSync(script(), "// earlier");
    placePlugins(cache);
    expect(readFileSync(script(), "utf8")).toContain("LanguageRuntime");
    expect(statSync(host()).ino).toBe(before);
  });

  test("does not touch an official language host", () => {
    mkdirSync(cache.binDir, { recursive: true });
    writeFileSync(host(), "\u007fELF");
    placePlugins(cache);
    expect(readFileSync(host(), "utf8")).toBe("\u007fELF");
    expect(existsSync(script())).toBe(false);
  });
});

describe("cliCache", () => {
  test("is below XDG_CACHE_HOME, or below the home folder when that is missing or relative", () => {
    expect(cliCache({ XDG_CACHE_HOME: "/c" }).cli).toBe("/c/pulumi-spin/pulumi/v3.259.0/bin/pulumi");
    expect(cliCache({ HOME: "/h" }).root).toBe("/h/.cache/pulumi-spin/pulumi/v3.259.0");
    expect(cliCache({ HOME: "/h", XDG_CACHE_HOME: "c" }).root).toBe("/h/.cache/pulumi-spin/pulumi/v3.259.0");
  });
});
