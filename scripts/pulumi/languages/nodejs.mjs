// @ts-nocheck -- the requests are gRPC's, which is resolved at run time.
/** Programs, plugins and policy packs for Node, run by the Node that runs this. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { runTool, start } from "./processes.mjs";
import { readJson, resolveFrom } from "./service.mjs";

export const nodejs = { about, dependenciesOf, installSteps, startProgram, startPlugin, link };

function about() {
  return { Executable: process.execPath, Version: process.version };
}

/** The direct dependencies of a program and the versions installed, as `pulumi about` lists them. */
function dependenciesOf(dir) {
  const { dependencies = {}, devDependencies = {} } = readJson(join(dir, "package.json"));
  return Object.keys({ ...dependencies, ...devDependencies })
    .sort()
    .map((name) => {
      const manifest = createRequire(join(dir, "program.js"))
        .resolve.paths(name)
        ?.map((folder) => join(folder, name, "package.json"));
      const installed = manifest?.find((file) => existsSync(file));
      return { name, version: installed === undefined ? "" : (readJson(installed).version ?? "") };
    });
}

function installSteps() {
  return [{ command: "npm", args: ["install", "--no-audit", "--no-fund"] }];
}

function startProgram({ dir, entryPoint, args, options, isPreview, env, ...program }) {
  const flags = {
    monitor: program.monitor,
    engine: program.engine,
    organization: program.organization,
    project: program.project,
    "root-directory": program.rootDir,
    stack: program.stack,
    pwd: program.pwd,
    parallel: program.parallel,
  };
  const command = [
    ...words(options.nodeargs),
    resolveFrom(dir, "@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, String(value)] : [])),
    ...(isPreview ? ["--dry-run"] : []),
    entryPoint,
    ...args,
  ];
  return start(process.execPath, command, {
    cwd: dir,
    env: { ...env, ...sdkSettings(options) },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** Starts a provider, a policy pack ("analyzer") or another plugin that is written for Node. */
function startPlugin(request, options) {
  const dir = request.getInfo().getProgramDirectory();
  const isPolicyPack = request.getKind() === "analyzer";
  const args = isPolicyPack
    ? [resolveFrom(dir, "@pulumi/pulumi/cmd/run-policy-pack"), ...request.getArgsList(), dir]
    : [resolveFrom(dir, "@pulumi/pulumi/cmd/run-plugin"), dir, ...request.getArgsList()];
  const given = Object.fromEntries(request.getEnvList().map(splitAtEquals));
  const env = { ...(Object.keys(given).length === 0 ? process.env : given), ...sdkSettings(options) };
  return start(process.execPath, [...words(options.nodeargs), ...args], {
    cwd: isPolicyPack ? dir : request.getPwd() || dir,
    env,
  });
}

/** Adds generated SDKs to a program's package.json. */
async function link(dir, packages) {
  for (const { name, path } of packages) {
    const folder = relative(dir, join(dir, path)) || path;
    await runTool("npm", ["pkg", "set", `dependencies.@pulumi/${name}=file:${folder}`], { cwd: dir });
  }
  return packages.map(({ name }) => `import * as ${name} from "@pulumi/${name}";`).join("\n");
}

/** What the SDK's own commands read from the environment. */
function sdkSettings({ typescript, tsconfig }) {
  return {
    ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}

function words(text) {
  return String(text ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
}

function splitAtEquals(entry) {
  const at = entry.indexOf("=");
  return [entry.slice(0, at), entry.slice(at + 1)];
}
