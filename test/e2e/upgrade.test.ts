import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { openProgram } from "../support/program.ts";

jest.setTimeout(180_000);

/** A program and its state as an earlier version of the package left it; that version's provider text is put back in. */
const fixtures = join(checkout, "test", "fixtures", "upgrade");

interface Resource {
  type: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

function stateOf(version: string): string {
  const providerText = readFileSync(join(fixtures, version, "provider-text.txt"), "utf8");
  const state = JSON.parse(readFileSync(join(fixtures, version, "state.json"), "utf8")) as {
    deployment: { resources: Resource[] };
  };
  for (const { type, inputs, outputs } of state.deployment.resources) {
    for (const bag of [inputs, outputs]) {
      if (bag?.["__provider"] === "frozen")
        bag["__provider"] = providerText.replaceAll("KIND", type.split(":").at(-1) ?? "");
    }
  }
  return JSON.stringify(state);
}

describe("dynamic", () => {
  describe.each(readdirSync(fixtures))("the state of version %s", (version) => {
    test("20 dynamic: what an earlier version stored is taken as it is, and another route changes just that", async () => {
      const program = await openProgram({
        from: join(fixtures, version),
        environment: { PULUMI_CONFIG_PASSPHRASE_FILE: "", PULUMI_CONFIG_PASSPHRASE: "upgrade" },
      });
      try {
        program.write("exported.json", stateOf(version));
        expect(await program.pulumi("stack", "import", "--file", "exported.json")).toMatchObject({
          exitCode: 0,
        });
        const again = await program.pulumi("preview", "--diff", "--expect-no-changes");
        expect(again).toMatchObject({ exitCode: 0, output: expect.stringContaining("13 unchanged") });

        program.write("index.ts", program.read("index.ts").replace('route: "/hello"', 'route: "/hallo"'));
        const { output } = await program.pulumi("preview", "--diff");
        expect(output).toMatch(/~ route *: "\/hello" => "\/hallo"/);
        expect(output).toContain("3 to update");
        expect(output).not.toContain("replace");
      } finally {
        await program.dispose();
      }
    });
  });
});
