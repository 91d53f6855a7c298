/**
 * `npm run generate`: writes every generated file; with `--check` writes nothing and fails when one is stale.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./bootstrap/paths.mjs";
import { conductPage } from "./generators/conduct-page.ts";
import { errorsPage } from "./generators/errors-page.ts";
import { packageSchemaFile } from "./generators/package-schema.ts";

/** A file of the repository that is made from other files of it. */
export interface Generator {
  /** Relative to the checkout. */
  file: string;
  /** The same sources give the same text. */
  render(): Promise<string>;
}

export const generators: Generator[] = [conductPage, errorsPage, packageSchemaFile];

export async function main({ args }: { args: string[] }): Promise<number> {
  const stale = await staleFiles();
  for (const { file, text } of stale) {
    if (!args.includes("--check")) writeFileSync(join(checkout, file), text);
    process.stdout.write(
      `${file}: ${args.includes("--check") ? "stale, run npm run generate" : "written"}\n`,
    );
  }
  if (stale.length === 0) process.stdout.write(`All ${generators.length} generated files are up to date.\n`);
  return args.includes("--check") && stale.length > 0 ? 1 : 0;
}

/** The files that generating would change, with their new text. */
export async function staleFiles(root: string = checkout): Promise<{ file: string; text: string }[]> {
  const rendered = await Promise.all(
    generators.map(async ({ file, render }) => ({ file, text: await render() })),
  );
  return rendered.filter(({ file, text }) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
}
