import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { checkout, runDir } from "../bootstrap/paths.mjs";
import type { PulumiCli } from "../pulumi/cli.ts";

/** A Pulumi program with a backend, a home and a bundled host of its own, all in one folder. */
export interface Workspace {
  cli: PulumiCli;
  /** The folder of Pulumi.yaml. */
  projectDir: string;
  project: string;
  stack: string;
  /** State, passphrase, PULUMI_HOME and the host's data. */
  dir: string;
  /** For the CLI and everything it starts. */
  environment: NodeJS.ProcessEnv;
}

export interface WorkspaceOptions {
  projectDir?: string;
  dir?: string;
  stack?: string;
  environment?: NodeJS.ProcessEnv;
}

/** Opens a workspace and makes what is missing in its folder; by default the quickstart's. */
export function openWorkspace(cli: PulumiCli, options: WorkspaceOptions = {}): Workspace {
  const { projectDir = join(checkout, "examples", "quickstart"), dir = runDir, stack = "dev" } = options;
  for (const folder of [dir, join(dir, "home"), join(dir, "state")])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passphraseFile = makePassphrase(dir);
  const environment = {
    ...pulumiEnvironment(cli, dir, options.environment ?? process.env),
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
  };
  return { cli, projectDir, project: projectName(projectDir), stack, dir, environment };
}

/** The backend's file of the stack. */
export function stateFile({ dir, project, stack }: Workspace): string {
  return join(dir, "state", ".pulumi", "stacks", project, `${stack}.json`);
}

/** Where the host of this workspace keeps its socket and data. */
export function hostDir(dir: string): string {
  return join(dir, "host");
}

/**
 * No setting of Pulumi's from the shell gets in: not the person's account, not another stack's passphrase.
 */
function pulumiEnvironment(cli: PulumiCli, dir: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(environment).filter(
    ([name]) => !name.startsWith("PULUMI_") && name !== "NODE_OPTIONS",
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: [join(checkout, "node_modules", ".bin"), cli.binDir, environment["PATH"]]
      .filter(Boolean)
      .join(delimiter),
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_SPIN_HOST_DIR: hostDir(dir),
  };
}

/** Made once; without it the secrets in the state cannot be read any more. */
function makePassphrase(dir: string): string {
  const file = join(dir, "passphrase");
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  chmodSync(file, 0o600);
  return file;
}

function projectName(projectDir: string): string {
  const name = /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8"))?.[1];
  if (name === undefined) throw new Error(`${join(projectDir, "Pulumi.yaml")} has no name`);
  return name;
}
