/** The parts of the command that need no process of their own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Answer, createAsker } from "../../cli/doctor/ask.ts";
import { fixText, replaceFile } from "../../cli/doctor/fix.ts";

const folder = mkdtempSync(join(tmpdir(), "pulumi-spin-fix-"));
afterAll(() => rmSync(folder, { recursive: true }));

const text = `spin_manifest_version = 2
[application]
name = "a"
[[trigger.http]]
route = "/..."
component = "b"
[component.b]
source = "b.wasm"
key_value_stores = ["default", "default"]
[variables]
old = { default = "" }
`;

describe("questions", () => {
  const answersTo = async (typed: string, count: number): Promise<{ answers: Answer[]; said: string }> => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const asker = createAsker(input, output);
    input.end(typed);
    const answers: Answer[] = [];
    for (let asked = 0; asked < count; asked++) answers.push(await asker.ask(() => `Finding ${asked}\n`));
    asker.close();
    return { answers, said: String(output.read()) };
  };

  test("are answered with a letter or a word, and asked again otherwise", async () => {
    const { answers, said } = await answersTo("y\nNo\nwhat?\n\na\n", 3);
    expect(answers).toEqual(["yes", "no", "all"]);
    expect(said.match(/Apply this\?/g)).toHaveLength(5);
    expect(said).toMatch(/^Finding 0\nApply this\? \[y\]es, \[n\]o, \[a\]ll, \[q\]uit: /);
  });

  test("end with the input", async () => {
    expect((await answersTo("y\n", 3)).answers).toEqual(["yes", "quit", "quit"]);
  });
});

describe("fixText", () => {
  const around = (): Promise<object> => Promise.resolve({});

  test("makes only what is agreed to, and asks about each once", async () => {
    const asked: string[] = [];
    const { text: after, fixed } = await fixText(text, around, ({ code }) => {
      asked.push(code);
      return Promise.resolve(code === "ERR_SPIN_VARIABLE_UNUSED");
    });
    expect(after).toBe(text.replace(/\[variables\]\n.*\n/, ""));
    expect(fixed.map(({ code }) => code)).toEqual(["ERR_SPIN_VARIABLE_UNUSED"]);
    expect(asked).toEqual([
      "ERR_SPIN_MANIFEST_SCHEMA",
      "ERR_SPIN_GRANT_REDUNDANT",
      "ERR_SPIN_VARIABLE_UNUSED",
    ]);
  });

  test("changes nothing where nothing is agreed to", async () => {
    expect(await fixText(text, around, () => Promise.resolve(false))).toEqual({ text, fixed: [] });
  });
});

describe("replaceFile", () => {
  test("follows a link and leaves nothing beside it", async () => {
    const [file, link] = [join(folder, "spin.toml"), join(folder, "link.toml")];
    writeFileSync(file, "old");
    symlinkSync(file, link);
    await replaceFile(link, "old", "new");
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["link.toml", "spin.toml"]);
  });

  test("refuses where somebody else was quicker", async () => {
    const file = join(folder, "other.toml");
    writeFileSync(file, "theirs");
    await expect(replaceFile(file, "old", "new")).rejects.toMatchObject({ code: "ERR_SPIN_DOCTOR_CHANGED" });
    expect(readFileSync(file, "utf8")).toBe("theirs");
  });
});
