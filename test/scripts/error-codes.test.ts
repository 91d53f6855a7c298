import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { table } from "../../model/errors/index.ts";
import { staleFiles } from "../../scripts/generate.ts";
import { renderErrors } from "../../scripts/generators/errors-page.ts";
import { checkout, sourceFiles } from "../support/imports.ts";

const config = "ERR_SPIN_RUNTIME_CONFIG_";
const codes = Object.keys(table);
const sources = sourceFiles(["model", "registry", "runtime", "provider", "sdk", "cli"])
  .filter((file) => !file.startsWith("model/errors/codes/"))
  .map((file) => readFileSync(join(checkout, file), "utf8"))
  .join("\n");

describe("every code of the error table", () => {
  test("is there to be looked at", () => {
    expect(codes.length).toBeGreaterThan(10);
  });

  test("is used by a source", () => {
    expect(codes.filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });

  test("is provoked by a test, unless it would take a broken machine", () => {
    const folder = join(checkout, "test");
    const all = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|snap)$/.test(file) && !file.endsWith("error-codes.test.ts"))
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
    // Tests of one room may leave out what all its codes begin with.
    const isNamed = (code: string): boolean =>
      new RegExp(`\\b${code}\\b`).test(all) ||
      (code.startsWith(config) && new RegExp(`\\b${code.slice(config.length)}\\b`).test(all));
    // A Node that is too old, a host whose process ends without a word, a guest whose start traps.
    const exempt = ["ERR_SPIN_HOST_NODE_TOO_OLD", "ERR_SPIN_HOST_START", "ERR_SPIN_RUNTIME_START"];
    expect(codes.filter((code) => !isNamed(code) && !exempt.includes(code))).toEqual([]);
    expect(exempt.filter((code) => isNamed(code) || !codes.includes(code))).toEqual([]);
  });

  test("is documented in docs/errors.md", () => {
    const page = readFileSync(join(checkout, "docs", "errors.md"), "utf8");
    expect(codes.filter((code) => !page.includes(`### ${code}\n`))).toEqual([]);
  });

  test("says in whole sentences when it happens and what to do next", () => {
    const isSentence = (text: string): boolean => /^["`A-Z0-9].*[.:?)]$/s.test(text);
    const poor = Object.entries(table).filter(
      ([, { summary, hint }]) => !isSentence(summary) || !isSentence(hint),
    );
    expect(poor.map(([code]) => code)).toEqual([]);
  });
});

describe("the generated files", () => {
  test("are what npm run generate would write", async () => {
    expect((await staleFiles()).map(({ file }) => file)).toEqual([]);
  });

  test("group the codes by room, sorted, and leave empty rooms out", () => {
    const entry = { fault: "user", summary: "A route is there twice.", hint: "Delete one." } as const;
    const page = renderErrors([
      { name: "manifest", errors: { ERR_SPIN_MANIFEST_B: entry, ERR_SPIN_MANIFEST_A: entry } },
      { name: "wasm", errors: {} },
    ]);
    expect(page.match(/^##+ .*/gm)).toEqual([
      "## Manifest",
      "### ERR_SPIN_MANIFEST_A",
      "### ERR_SPIN_MANIFEST_B",
    ]);
    expect(page).toContain(
      "A route is there twice.\n\n- Whose move: yours to correct.\n- Next step: Delete one.",
    );
  });
});
