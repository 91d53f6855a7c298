import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ErrorEntry, Fault } from "../../model/errors/index.ts";
import { checkout } from "../bootstrap/paths.mjs";
import type { Generator } from "../generate.ts";

/** docs/errors.md: every code there is, grouped by the room of the repository that it comes from. */
export const errorsPage: Generator = {
  file: "docs/errors.md",
  render: async () => renderErrors(await loadRooms()),
};

export interface Room {
  name: string;
  errors: Record<string, ErrorEntry>;
}

const whose: Record<Fault, string> = {
  user: "yours to correct",
  remote: "another system's",
  bug: "a bug in pulumi-spin: please report it",
};

/** Markdown: a section for each room, an entry with an anchor for each code. */
export function renderErrors(rooms: Room[]): string {
  const sections = rooms.filter(({ errors }) => Object.keys(errors).length > 0).map(renderRoom);
  return `# Errors

Every error of pulumi-spin carries one of these codes. The message says what was found, where, and what was expected; the
hint is the next step. This page is generated from \`model/errors/codes\` by \`npm run generate\`.

${sections.join("\n")}`;
}

function renderRoom({ name, errors }: Room): string {
  const entries = Object.entries(errors).sort(([a], [b]) => (a < b ? -1 : 1));
  return `## ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${entries.map(([code, entry]) => renderEntry(code, entry)).join("\n")}`;
}

function renderEntry(code: string, { fault, summary, hint }: ErrorEntry): string {
  return `### ${code}\n\n${summary}\n\n- Whose move: ${whose[fault]}.\n- Next step: ${hint}\n`;
}

/** One room for each file of model/errors/codes, which exports one table. */
async function loadRooms(): Promise<Room[]> {
  const folder = join(checkout, "model", "errors", "codes");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<
        string,
        Record<string, ErrorEntry>
      >;
      return {
        name: file.slice(0, -".ts".length),
        errors: Object.assign({}, ...Object.values(module)) as Record<string, ErrorEntry>,
      };
    }),
  );
}
