/** The examples in other languages, copied beside the components that they share, each with a stack and host of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../../runtime/admin/client.ts";
import { checkout, runDir } from "../../scripts/bootstrap/paths.mjs";
import { ensureCli, type PulumiCli } from "../../scripts/pulumi/cli.ts";
import { type PulumiResult, runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { ensureStack } from "../../scripts/quickstart/stack.ts";
import { hostDir, openWorkspace, type Workspace } from "../../scripts/quickstart/workspace.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { stopHost } from "./quickstart.ts";

export class LanguageProjects {
  /** Inside the checkout, where the components' builds find their tools; laid out as the repository is. */
  readonly dir: string;
  readonly cli: PulumiCli;

  private constructor(dir: string, cli: PulumiCli) {
    this.dir = dir;
    this.cli = cli;
  }

  static async open(): Promise<LanguageProjects> {
    mkdirSync(join(runDir, "test"), { recursive: true });
    const dir = mkdtempSync(join(runDir, "test", "languages-"));
    const components = join("examples", "quickstart", "components");
    cpSync(join(checkout, components), join(dir, components), {
      recursive: true,
      filter: (path) => !path.includes("node_modules") && !path.includes("cargo"),
    });
    for (const name of ["pulumi-resource-spin", "schema.json"])
      symlinkSync(join(checkout, name), join(dir, name));
    return new LanguageProjects(dir, await ensureCli({ languages: true }));
  }

  /** The example of that name with a stack and its configuration. */
  async project(name: string, environment: NodeJS.ProcessEnv = {}): Promise<LanguageProject> {
    const projectDir = join(this.dir, "examples", name);
    cpSync(join(checkout, "examples", name), projectDir, {
      recursive: true,
      filter: (path) => !/(?:\/sdks|\/venv|Pulumi\.\w+\.yaml)$/.test(path),
    });
    const workspace = openWorkspace(this.cli, {
      projectDir,
      dir: join(this.dir, "stacks", name),
      environment: { ...process.env, ...environment },
    });
    const port = await freePort();
    await ensureStack(workspace, { listen: `127.0.0.1:${port}` });
    return new LanguageProject(workspace, `http://127.0.0.1:${port}`);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export class LanguageProject {
  readonly workspace: Workspace;
  readonly origin: string;

  constructor(workspace: Workspace, origin: string) {
    this.workspace = workspace;
    this.origin = origin;
  }

  async pulumi(...args: string[]): Promise<PulumiResult & { output: string }> {
    const result = await runPulumi(this.workspace, [...args, "--non-interactive"], { output: "capture" });
    return { ...result, output: `${result.stdout}${result.stderr}` };
  }

  async fetch(path: string): Promise<{ status: number; body: string }> {
    const response = await fetch(`${this.origin}${path}`);
    return { status: response.status, body: await response.text() };
  }

  /** Stops the host; the processes that were left running. */
  async dispose(): Promise<number[]> {
    const stateDir = hostDir(this.workspace.dir);
    if (!existsSync(stateDir)) return [];
    return stopHost(await connect({ stateDir }));
  }
}
