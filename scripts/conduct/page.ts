import { type FrontEndName, frontEndNames, type Row } from "./rows.ts";
import type { RowTest } from "./titles.ts";

/** How a test went for a front end; `undefined` when it was not run. */
export type Outcome = (test: RowTest, frontEnd: FrontEndName) => "passed" | "failed" | undefined;

const heads: Record<FrontEndName, string> = { dynamic: "Dynamic resources", plugin: "Plugin" };

/** docs/provider-conduct.md. The same rows, tests and outcomes give the same text. */
export function renderConduct(rows: readonly Row[], tests: readonly RowTest[], outcome: Outcome): string {
  const table = rows.map((row) => {
    const cells = frontEndNames.map((name) => cellOf(row, tests, name, outcome));
    return `| [${row.number}](#${row.number}) | ${row.name} | ${cells.join(" | ")} |`;
  });
  return `# Conduct of the provider

What an operator may rely on, each row shown on Pulumi's real engine and the bundled host by the tests that are named
below it: for dynamic resources (programs in TypeScript with \`pulumi-spin\`) and for the plugin (\`pulumi-resource-spin\`,
every language). \`npm test\` fails when this page says anything else than what was run; \`npm run generate\` writes it from
the table in \`scripts/conduct/rows.ts\` and the titles of the tests.

| | | ${frontEndNames.map((name) => heads[name]).join(" | ")} |
| --- | --- | ${frontEndNames.map(() => "---").join(" | ")} |
${table.join("\n")}

${rows.map((row) => section(row, tests)).join("\n")}`;
}

function cellOf(
  { number, notApplicable = {} }: Row,
  tests: readonly RowTest[],
  frontEnd: FrontEndName,
  outcome: Outcome,
): string {
  const own = tests.filter(({ row, frontEnds }) => row === number && frontEnds.includes(frontEnd));
  if (own.length === 0) return notApplicable[frontEnd] === undefined ? "no test" : "not applicable";
  const outcomes = own.map((test) => outcome(test, frontEnd));
  if (outcomes.includes("failed")) return "failed";
  return outcomes.includes(undefined) ? "not run" : "passed";
}

function section({ number, name, holds, notApplicable = {} }: Row, tests: readonly RowTest[]): string {
  const lines = tests
    .filter(({ row }) => row === number)
    .map(({ says, file, frontEnds }) => {
      const only =
        frontEnds.length === 1 ? ` (${frontEnds[0] === "plugin" ? "plugin" : "dynamic resources"})` : "";
      return `- [${says}](../${file})${only}\n`;
    });
  const missing = frontEndNames.flatMap((frontEnd) => {
    const reason = notApplicable[frontEnd];
    return reason === undefined ? [] : [`- ${heads[frontEnd]}: not applicable. ${reason}\n`];
  });
  return `<a id="${number}"></a>\n\n## ${number}. ${name}\n\n${holds}\n\n${[...lines, ...missing].join("")}`;
}

/** What is wrong with the table itself: cells without tests, tests without a row, tests of what is not applicable. */
export function gaps(rows: readonly Row[], tests: readonly RowTest[]): string[] {
  const strays = tests
    .filter(({ row }) => rows.every(({ number }) => number !== row))
    .map(({ row, file, says }) => `There is no row ${row}, which "${says}" in ${file} is for.`);
  const cells = rows.flatMap(({ number, notApplicable = {} }) =>
    frontEndNames.flatMap((name) => {
      const hasTest = tests.some(({ row, frontEnds }) => row === number && frontEnds.includes(name));
      if (hasTest === (notApplicable[name] === undefined)) return [];
      return [
        hasTest
          ? `Row ${number} is not applicable to ${name}, and has a test for it.`
          : `Row ${number} has no test for ${name}.`,
      ];
    }),
  );
  return [...strays, ...cells];
}
