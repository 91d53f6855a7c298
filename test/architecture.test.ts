import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { findCycle, isWithin, readImportTable, type TableRow } from "./support/import-table.ts";
import { checkout, importsOf, type SourceImport, sourceFiles } from "./support/imports.ts";

const rows = readImportTable();
const imports = sourceFiles(rows.map(({ folder }) => folder)).flatMap(importsOf);
const show = ({ from, specifier }: SourceImport): string => `${from} imports ${specifier}`;
const rowOf = (path: string): TableRow | undefined => rows.find(({ folder }) => isWithin(path, folder));

describe("the import table of ARCHITECTURE.md", () => {
  test("names every folder of the design and only folders that may exist", () => {
    const names = rows.map(({ folder }) => folder);
    expect(names).toEqual(
      expect.arrayContaining(["model", "registry", "runtime", "provider", "sdk", "cli", "examples"]),
    );
    const allowed = rows.flatMap(({ mayImport }) => mayImport.map((target) => target.split("/")[0] ?? ""));
    expect(allowed.filter((target) => !names.includes(target))).toEqual([]);
  });

  test("has no cycle itself", () => {
    const edges = rows.map(
      ({ folder, mayImport }) =>
        [folder, new Set(mayImport.map((name) => name.split("/")[0] ?? ""))] as const,
    );
    expect(findCycle(new Map(edges))).toBeUndefined();
  });
});

describe("the sources", () => {
  test("are found, so that the rules below say something", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test("import relatively only what the table allows their folder", () => {
    const isAllowed = ({ from, to, isTypeOnly }: SourceImport): boolean => {
      const row = rowOf(from);
      if (to === undefined || row === undefined || isWithin(to, row.folder)) return true;
      const target = row.mayImport.find((name) => isWithin(to, name));
      return target !== undefined && (isTypeOnly || !row.typesOnly.includes(target));
    };
    expect(imports.filter((found) => !isAllowed(found)).map(show)).toEqual([]);
  });

  test("import relatively only files that exist, by their real names", () => {
    const missing = imports.filter(({ to }) => to !== undefined && !existsSync(join(checkout, to)));
    expect(missing.map(show)).toEqual([]);
  });

  test("name the package by its public name in examples, and in the closure that Pulumi serializes", () => {
    const isClosure = ({ from, specifier }: SourceImport): boolean =>
      isWithin(from, "sdk") && specifier === "pulumi-spin/provider";
    const own = imports.filter(
      ({ from, specifier }) => isWithin(specifier, "pulumi-spin") && !isWithin(from, "examples"),
    );
    expect(own.filter((found) => !isClosure(found)).map(show)).toEqual([]);
  });

  test("of model are pure: no file system, network, process, clock or Pulumi", () => {
    const pure = new Set(["node:crypto", "node:path/posix", "node:util", "node:buffer"]);
    const isPure = ({ specifier }: SourceImport): boolean =>
      !specifier.startsWith("@pulumi/") && (!specifier.startsWith("node:") || pure.has(specifier));
    expect(imports.filter((found) => isWithin(found.from, "model") && !isPure(found)).map(show)).toEqual([]);
  });

  test("of registry and runtime do without Pulumi", () => {
    const usesPulumi = ({ from, specifier }: SourceImport): boolean =>
      ["registry", "runtime"].some((folder) => isWithin(from, folder)) && specifier.startsWith("@pulumi/");
    expect(imports.filter(usesPulumi).map(show)).toEqual([]);
  });

  test("do not import each other in a circle", () => {
    expect(findCycle(graph((file) => file))).toBeUndefined();
  });

  test("of two top-level folders do not import each other", () => {
    const topFolder = (file: string): string => file.split("/")[0] ?? file;
    expect(findCycle(graph(topFolder))).toBeUndefined();
  });

  test("of two rooms of a folder do not import each other", () => {
    // A file directly in a top-level folder is a room by itself: it opens the others to the outside, or
    // serves them.
    const room = (file: string): string =>
      dirname(file).includes("/") ? file.split("/").slice(0, 2).join("/") : file;
    expect(findCycle(graph(room))).toBeUndefined();
  });
});

/** Who loads whom at run time; erased imports cannot make a module see another one half-initialized. */
function graph(nodeOf: (file: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to, isTypeOnly } of imports) {
    if (to === undefined || isTypeOnly) continue;
    const [source, target] = [nodeOf(from), nodeOf(to)];
    if (source !== target) edges.set(source, (edges.get(source) ?? new Set()).add(target));
  }
  return edges;
}
