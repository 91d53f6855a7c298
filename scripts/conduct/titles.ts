/** The tests of the rows: those whose title begins with `5: `, or `10 plugin: ` for one front end alone. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../bootstrap/paths.mjs";
import { type FrontEndName, frontEndNames } from "./rows.ts";

export interface RowTest {
  row: number;
  frontEnds: readonly FrontEndName[];
  /** As it is in the source and in the run's report. */
  title: string;
  /** What it says, without the row. */
  says: string;
  /** Relative to the checkout. */
  file: string;
}

const titles = /\(\s*"((\d+)(?: (dynamic|plugin))?: ([^"]+))"/g;

/** In the order of the files and of the lines in them. */
export function readTitles(): RowTest[] {
  return readdirSync(join(checkout, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith("scripts"))
    .sort()
    .flatMap((name) => {
      const file = join("test", name);
      return titlesIn(readFileSync(join(checkout, file), "utf8"), file);
    });
}

export function titlesIn(source: string, file: string): RowTest[] {
  return [...source.matchAll(titles)].map(([, title = "", row, frontEnd, says = ""]) => ({
    row: Number(row),
    frontEnds: frontEndNames.filter((name) => frontEnd === undefined || frontEnd === name),
    title,
    says,
    file,
  }));
}
