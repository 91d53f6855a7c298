import { relative } from "node:path";
import { checkTarget } from "../../model/capability/index.ts";
import type { Issue } from "../../model/errors/index.ts";
import { lockManifest } from "../../model/locked-app/index.ts";
import { type Manifest, manifestOf, normalizeManifest, partsOf } from "../../model/manifest/index.ts";
import type { Json } from "../../model/json.ts";
import { createAsker } from "../doctor/ask.ts";
import type { Command, CommandLine } from "../command.ts";
import { Comments } from "../import/comments.ts";
import { camelCase } from "../import/names.ts";
import { assertExpressible } from "../import/expressible.ts";
import { programOf } from "../import/program.ts";
import { assertFree, targetOf, writeProject } from "../import/project.ts";
import { locateManifest, readManifestFile, readManifestText } from "../../registry/local-content/index.ts";

type Parts = ReturnType<typeof partsOf>;

export const importCommand: Command = {
  name: "import",
  usage: "FILE [--out DIR|FILE.ts] [--profile NAME] [--yes]",
  summary: "Writes the TypeScript program whose App is this spin.toml; without --out on stdout.",
  details: `
FILE              A spin.toml, its folder, or a .wasm file. One of version 1 is converted.
--out DIR|FILE    Writes index.ts (or FILE), and Pulumi.yaml, package.json and tsconfig.json where the folder has
                  none. A program that is there is replaced only with --yes, or after a question at a terminal.
--profile NAME    The program is what the manifest is with this profile.`,
  arguments: 1,
  flags: ["yes"],
  options: ["out", "profile"],
  async run(line) {
    const [file = ""] = line.arguments;
    const profile = line.options.get("profile");
    const out = line.options.get("out");
    const { manifest, root, warnings } = await readManifestFile(file);
    const parts = partsOf(manifest, profile);
    assertExpressible(manifest, parts, profile);
    const comments = await commentsOf(file);
    const program = programOf(parts, {
      commentsAt: (path) => comments?.above(path) ?? [],
      obstacles: obstaclesOf(parts),
      secretDefaults: secretDefaultsOf(manifest),
    });
    const notes = notesOf(manifest, comments?.rest() ?? [], warnings);
    if (out === undefined) {
      tell(notes, line);
      return { data: { program, notes }, text: program };
    }
    const target = targetOf(out);
    await assertFree(target, () => mayReplace(line, target.program));
    const written = await writeProject(target, program, parts);
    if (relative(root, target.folder) !== "")
      notes.push(`Paths in the program are those of spin.toml: Pulumi has to run it in ${root}.`);
    tell(notes, line);
    return {
      data: { folder: target.folder, files: written, notes },
      text: `Written to ${target.folder}: ${written.join(", ")}\nNext: npm install, then pulumi preview.`,
    };
  },
};

async function commentsOf(file: string): Promise<Comments | undefined> {
  if (/\.wa(sm|t)$/.test(file)) return undefined;
  const text = await readManifestText(await locateManifest(file));
  // Of version 1 the keys have other places.
  return /^\s*spin_(manifest_)?version\s*=\s*"/m.test(text) ? undefined : new Comments(text);
}

/** A default of a secret stands in plain text in spin.toml alone, and is repeated nowhere. */
function secretDefaultsOf({ variables = {} }: Manifest): string[] {
  return Object.entries(variables).flatMap(([name, it]) =>
    it.secret === true && it.default !== undefined ? [name] : [],
  );
}

function notesOf(manifest: Manifest, rest: readonly number[], warnings: readonly Issue[]): string[] {
  const secrets = secretDefaultsOf(manifest).map(
    (name) =>
      `The secret variable "${name}" has a default in spin.toml, which the program does not repeat: set it with \`pulumi config set --secret ${camelCase(name)}\`.`,
  );
  const lines = rest.length === 1 ? `line ${rest[0]}` : `lines ${rest.join(", ")}`;
  const told = warnings.filter(({ code }) => code !== "ERR_SPIN_VARIABLE_SECRET_DEFAULT");
  return [
    ...secrets,
    ...told.map(({ message, path }) => `${path}: ${message}`),
    ...(rest.length === 0 ? [] : [`Comments of spin.toml that have no place in the program: ${lines}.`]),
  ];
}

/** What the bundled host cannot run, as far as that is known without the binaries. */
function obstaclesOf(parts: Parts): string[] {
  const lockedApp = lockManifest(normalizeManifest(manifestOf(parts)), {
    component: () => ({}),
    dependency: () => ({}),
    files: () => [],
  });
  const app = {
    name: parts.name,
    components: parts.components,
    lockedApp: lockedApp as unknown as { [key: string]: Json },
  };
  const errors = checkTarget(app, "bundled-host").filter(({ severity }) => severity === "error");
  return [...new Set(errors.map(({ message }) => message))];
}

async function mayReplace({ flags, format }: CommandLine, program: string): Promise<boolean> {
  if (flags.has("yes")) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY || format === "json") return false;
  const asker = createAsker(process.stdin, process.stdout);
  const answer = await asker.ask(() => `${program} is there already.\n`, "Replace it?");
  asker.close();
  return answer === "yes" || answer === "all";
}

/** Notes are no part of a program on stdout. */
function tell(notes: readonly string[], { format }: CommandLine): void {
  if (format === "plain") process.stderr.write(notes.map((it) => `note: ${it}\n`).join(""));
}
