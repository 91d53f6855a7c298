// @ts-nocheck -- the program's settings come through gRPC, which has no types here.
/** Programs in Python, run by the Python of the virtual environment that `virtualenv` in Pulumi.yaml names, else of PATH. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { start } from "./processes.mjs";

export const python = { about, dependenciesOf, installSteps, startProgram, link };

function about(options) {
  return { Executable: pythonOf(process.cwd(), options), Version: "" };
}

function dependenciesOf() {
  return [];
}

/** With `virtualenv`, the environment is made; what requirements.txt names is installed into it. */
function installSteps(dir, options) {
  const python = pythonOf(dir, options);
  return [
    ...(options.virtualenv === undefined || existsSync(python)
      ? []
      : [{ command: "python3", args: ["-m", "venv", options.virtualenv] }]),
    ...(existsSync(join(dir, "requirements.txt"))
      ? [{ command: python, args: ["-m", "pip", "install", "--quiet", "-r", "requirements.txt"] }]
      : []),
  ];
}

function startProgram({ dir, entryPoint, args, options, env, ...program }) {
  const settings = {
    monitor: program.monitor,
    engine: program.engine,
    organization: program.organization,
    project: program.project,
    root_directory: program.rootDir,
    stack: program.stack,
    parallel: program.parallel,
    dry_run: program.isPreview,
  };
  const script = join(import.meta.dirname, "run-program.py");
  // -u: what the program prints is seen when it prints it.
  return start(
    pythonOf(dir, options),
    ["-u", script, JSON.stringify(settings), resolve(dir, entryPoint), ...args],
    {
      cwd: program.pwd,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
}

/** Adds generated SDKs to requirements.txt; they are installed by `pulumi install`. */
function link(dir, packages) {
  const file = join(dir, "requirements.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const { path } of packages) {
    const wanted = path.startsWith(".") ? path : `./${path}`;
    if (!lines.includes(wanted)) appendFileSync(file, `${wanted}\n`);
  }
  return packages.map(({ name }) => `import pulumi_${name.replaceAll("-", "_")} as ${name}`).join("\n");
}

function pythonOf(dir, { virtualenv } = {}) {
  return virtualenv === undefined ? "python3" : join(resolve(dir, virtualenv), "bin", "python");
}
