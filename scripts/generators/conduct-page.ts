import { renderConduct } from "../conduct/page.ts";
import { rows } from "../conduct/rows.ts";
import { readTitles } from "../conduct/titles.ts";
import type { Generator } from "../generate.ts";

/** docs/provider-conduct.md as a run leaves it in which every test passes; `npm test` compares it with what was run. */
export const conductPage: Generator = {
  file: "docs/provider-conduct.md",
  render: async () => renderConduct(rows, readTitles(), () => "passed"),
};
