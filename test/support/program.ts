import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type HostClient } from "../../runtime/admin/client.ts";
import { runDir } from "../../scripts/bootstrap/paths.mjs";
import { ensureCli } from "../../scripts/pulumi/cli.ts";
import { type PulumiResult, runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { hostDir, openWorkspace, stateFile, type Workspace } from "../../scripts/quickstart/workspace.ts";

/** A Pulumi program with a backend and a host of its own, inside the checkout, so that it finds the package as a user's does. */
export interface Program {
  workspace: Workspace;
  /** Runs a command on the stack; what it printed, without colours. Nothing is asked. */
  pulumi(...args: string[]): Promise<PulumiResult & { output: string }>;
  /** The resources in the stack's state, secrets encrypted. */
  state(): Promise<StoredResource[]>;
  write(file: string, content: string | Uint8Array): void;
  read(file: string): string;
  host(): Promise<HostClient>;
  /** Stops the host and removes everything. */
  dispose(): Promise<void>;
}

export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

/** The file of the backend, which `pulumi stack export` reads, too, and takes its time. */
interface Checkpoint {
  checkpoint: { latest?: { resources?: StoredResource[] } };
}

export interface ProgramOptions {
  /** Files of the program; a Pulumi.yaml and a package.json are made when missing. */
  files?: Record<string, string | Uint8Array>;
  /** A folder that is copied first. */
  from?: string;
  environment?: NodeJS.ProcessEnv;
}

export async function openProgram({ files = {}, from, environment = {} }: ProgramOptions): Promise<Program> {
  mkdirSync(join(runDir, "test"), { recursive: true });
  const dir = mkdtempSync(join(runDir, "test", "program-"));
  const projectDir = join(dir, "program");
  mkdirSync(projectDir);
  const write = (file: string, content: string | Uint8Array): void => {
    mkdirSync(join(projectDir, file, ".."), { recursive: true });
    writeFileSync(join(projectDir, file), content);
  };
  const project = {
    "Pulumi.yaml": "name: program\nruntime: nodejs\n",
    "package.json": '{ "type": "module", "main": "index.ts" }',
  };
  for (const [file, content] of Object.entries(from === undefined ? { ...project, ...files } : files))
    write(file, content);
  if (from !== undefined) cpSync(from, projectDir, { recursive: true });
  const workspace = openWorkspace(await ensureCli(), { projectDir, dir });
  Object.assign(workspace.environment, environment);
  const pulumi: Program["pulumi"] = async (...args) => {
    const flags = ["--stack", workspace.stack, "--non-interactive", "--color=never"];
    const result = await runPulumi(workspace, [...args, ...flags], { output: "capture" });
    return { ...result, output: `${result.stdout}${result.stderr}` };
  };
  const init = ["stack", "init", workspace.stack, "--non-interactive"];
  const made = await runPulumi(workspace, init, { output: "capture" });
  if (made.exitCode !== 0) throw new Error(made.stderr);
  return {
    workspace,
    pulumi,
    write,
    read: (file) => readFileSync(join(projectDir, file), "utf8"),
    async state() {
      const stored = JSON.parse(readFileSync(stateFile(workspace), "utf8")) as Checkpoint;
      return stored.checkpoint.latest?.resources ?? [];
    },
    host: () => connect({ stateDir: hostDir(dir), start: true }),
    async dispose() {
      await (await connect({ stateDir: hostDir(dir) }))?.shutdown();
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
