import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkout } from "./support/imports.ts";

/** Everything that is or would be committed; git knows what is ignored. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: checkout,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(checkout, file)) && !/\.(?:wasm|png|svg)$/.test(file));

function linesMatching(pattern: RegExp, candidates: string[]): string[] {
  return candidates.flatMap((file) =>
    readFileSync(join(checkout, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

describe("the files of the repository", () => {
  test("are found, so that the rules below say something", () => {
    expect(files).toEqual(
      expect.arrayContaining(["package.json", "ARCHITECTURE.md", "test/public-files.test.ts"]),
    );
  });

  test("speak of no path of somebody's machine", () => {
    // Written so that this file does not find itself.
    const homes = ["root", "home/\\w+", "Users/\\w+", "w[o]rk"].join("|");
    expect(linesMatching(new RegExp(`(?:^|[\\s"'\`(=:])/(?:${homes})/`), files)).toEqual([]);
  });

  test("pin packages by integrity, not by where somebody's registry was", () => {
    const resolved = linesMatching(/"resolved": "https?:/, ["package-lock.json"]);
    expect(resolved.filter((line) => !line.includes("https://registry.npmjs.org/"))).toEqual([]);
  });
});
