import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { SpinError } from "../../model/errors/index.ts";

export interface Target {
  /** Absolute. */
  folder: string;
  /** The program, absolute. */
  program: string;
}

/** A folder, or the file itself where the path ends as a TypeScript file does. */
export function targetOf(out: string): Target {
  const path = resolve(out);
  return extname(path) === ".ts"
    ? { folder: dirname(path), program: path }
    : { folder: path, program: join(path, "index.ts") };
}

/** ERR_SPIN_IMPORT_EXISTS unless the program may be written. */
export async function assertFree({ program }: Target, mayReplace: () => Promise<boolean>): Promise<void> {
  if (!existsSync(program) || (await mayReplace())) return;
  throw new SpinError("ERR_SPIN_IMPORT_EXISTS", `${program} is there already.`);
}

/** Writes the program, and of a Pulumi project what the folder does not have. Gives the names of what was written. */
export async function writeProject(target: Target, program: string, app: Described): Promise<string[]> {
  const { folder } = target;
  const files: [name: string, text: string][] = [
    ["Pulumi.yaml", pulumiYaml(app)],
    ["package.json", json(packageJson(app.name, basename(target.program)))],
    ["tsconfig.json", json(tsconfig)],
  ];
  await mkdir(folder, { recursive: true });
  const missing = files.filter(([name]) => !existsSync(join(folder, name)));
  await writeFile(target.program, program);
  for (const [name, text] of missing) await writeFile(join(folder, name), text, { flag: "wx" });
  return [basename(target.program), ...missing.map(([name]) => name)];
}

interface Described {
  name: string;
  description?: string | undefined;
}

/** Pulumi's names of projects: letters, digits, `-`, `_` and `.`. */
function projectName(name: string): string {
  return (
    name
      .replaceAll(/[^\w.-]+/g, "-")
      .replaceAll(/^-+|-+$/g, "")
      .slice(0, 100) || "spin-app"
  );
}

function pulumiYaml({ name, description }: Described): string {
  const about = description === undefined ? "" : `description: ${JSON.stringify(description)}\n`;
  return `name: ${projectName(name)}\n${about}runtime: nodejs\n`;
}

function packageJson(name: string, main: string): object {
  return {
    name: projectName(name)
      .toLowerCase()
      .replace(/^[._]+/, ""),
    private: true,
    type: "module",
    main,
    dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-spin": `^${ownVersion()}` },
    devDependencies: { typescript: "^6.0.0" },
  };
}

const tsconfig = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    erasableSyntaxOnly: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["*.ts"],
};

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** As this package says it, from the sources or compiled. */
function ownVersion(): string {
  for (const path of ["../../package.json", "../../../package.json"]) {
    const file = new URL(path, import.meta.url);
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name?: string; version?: string };
    if (name === "pulumi-spin" && version !== undefined) return version;
  }
  return "0.1.0";
}
