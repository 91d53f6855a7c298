// @ts-nocheck -- the program's settings come through gRPC, which has no types here.
/** Programs in Go: built before they run, unless `binary` in Pulumi.yaml names one that was. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runTool, start } from "./processes.mjs";

export const go = { about, dependenciesOf, installSteps, startProgram, link };

function about() {
  return { Executable: "go", Version: "" };
}

function dependenciesOf() {
  return [];
}

function installSteps() {
  return [{ command: "go", args: ["mod", "download"] }];
}

async function startProgram({ dir, entryPoint, args, options, env, ...program }) {
  const binary = await binaryOf(dir, entryPoint, options);
  const child = start(binary.file, args, {
    cwd: program.pwd,
    // sdk/go/pulumi/run.go reads these.
    env: {
      ...env,
      PULUMI_MONITOR: program.monitor,
      PULUMI_ENGINE: program.engine,
      PULUMI_ORGANIZATION: program.organization,
      PULUMI_PROJECT: program.project,
      PULUMI_ROOT_DIRECTORY: program.rootDir,
      PULUMI_STACK: program.stack,
      PULUMI_PARALLEL: String(program.parallel),
      PULUMI_DRY_RUN: String(program.isPreview),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.once("close", binary.dispose);
  return child;
}

/** Points go.mod at the generated SDKs. */
async function link(dir, packages) {
  for (const { path } of packages) {
    const module = (await runTool("go", ["list", "-m"], { cwd: resolve(dir, path) })).trim();
    const folder = path.startsWith(".") ? path : `./${path}`;
    await runTool("go", ["mod", "edit", `-replace=${module}=${folder}`, `-require=${module}@v0.0.0`], {
      cwd: dir,
    });
  }
  return "";
}

async function binaryOf(dir, entryPoint, { binary }) {
  if (binary !== undefined && existsSync(resolve(dir, binary)))
    return { file: resolve(dir, binary), dispose() {} };
  const folder = mkdtempSync(join(tmpdir(), "pulumi-go-"));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, "program");
  try {
    await runTool("go", ["build", "-o", file, entryPoint === "." ? "." : resolve(dir, entryPoint)], {
      cwd: dir,
    });
  } catch (error) {
    dispose();
    throw error;
  }
  return { file, dispose };
}
