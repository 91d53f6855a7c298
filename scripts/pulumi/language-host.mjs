// @ts-nocheck -- gRPC and the SDK are resolved at run time from the program's folder, so nothing here has types.
/**
 * Pulumi's language host for `runtime: nodejs`, for a CLI that was built without the official one. The CLI
 * starts it as `pulumi-language-nodejs [flags] <engine address>` in the program's folder, reads a port from
 * the first line of standard output, and calls the service LanguageRuntime there
 * (pulumi/proto/pulumi/language.proto). It runs programs, plugins and policy packs with the Node that runs
 * it, and generates no code: those calls answer "unimplemented".
 *
 * This file is copied beside the CLI and stands alone: the SDK and gRPC are the ones that the program has
 * installed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** cmd/run's exit code for "failed, and the person has been told" (sdk/nodejs/cmd/run/index.ts). */
const bailExitCode = 32;
const maxMessageBytes = 400 * 1024 * 1024;
const parentPollMs = 1000;

const { positionals, values: flags } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { root: { type: "string" } },
});
const engineAddress = positionals.at(-1) ?? "";

const fromSdk = createRequire(locateSdk([process.cwd(), String(flags["root"] ?? "")]));
const grpc = fromSdk("@grpc/grpc-js");
const { LanguageRuntimeService } = fromSdk("@pulumi/pulumi/proto/language_grpc_pb.js");
const messages = fromSdk("@pulumi/pulumi/proto/language_pb.js");
const { PluginInfo } = fromSdk("@pulumi/pulumi/proto/plugin_pb.js");
const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb.js");

/** Programs and plugins that run now. @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

const service = {
  handshake: unary(() => new messages.LanguageHandshakeResponse()),
  getPluginInfo: unary(() => withValues(new PluginInfo(), { Version: sdkVersion() })),
  // Plugins that a program needs are found when its first resource of them is registered.
  getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
  runtimeOptionsPrompts: unary(() => new messages.RuntimeOptionsResponse()),
  about: unary(() =>
    withValues(new messages.AboutResponse(), { Executable: process.execPath, Version: process.version }),
  ),
  getProgramDependencies: unary(({ request }) =>
    withValues(new messages.GetProgramDependenciesResponse(), {
      DependenciesList: dependenciesOf(request.getInfo().getProgramDirectory()),
    }),
  ),
  installDependencies: async (call) => {
    const args = ["install", "--no-audit", "--no-fund"];
    const exitCode = await stream(
      call,
      messages.InstallDependenciesResponse,
      start("npm", args, { cwd: call.request.getDirectory() }),
    );
    if (exitCode === 0) call.end();
    else
      call.destroy(
        Object.assign(new Error(`npm install ended with exit code ${exitCode}`), {
          code: grpc.status.UNKNOWN,
        }),
      );
  },
  run: unary(run),
  runPlugin: async (call) => {
    const exitCode = await stream(call, messages.RunPluginResponse, startPlugin(call.request));
    call.write(withValues(new messages.RunPluginResponse(), { Exitcode: exitCode }));
    call.end();
  },
  cancel: unary(() => {
    stopChildren("SIGINT");
    return new Empty();
  }),
};

/** Runs a program to its end; its output is this process's own, which the CLI shows. */
async function run(call) {
  const { request } = call;
  const info = request.getInfo();
  const dir = info.getProgramDirectory();
  const options = info.getOptions()?.toJavaScript() ?? {};
  if (request.getAttachDebugger())
    throw new Error("this language host cannot attach a debugger; set nodeargs: --inspect in Pulumi.yaml");
  const runFlags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: request.getPwd() || dir,
    parallel: request.getParallel(),
  };
  const args = [
    ...words(options.nodeargs),
    resolveFrom(dir, "@pulumi/pulumi/cmd/run"),
    ...Object.entries(runFlags).flatMap(([name, value]) => (value ? [`--${name}`, String(value)] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
  const env = {
    ...process.env,
    ...sdkSettings(options),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  const child = start(process.execPath, args, { cwd: dir, env, stdio: ["ignore", "inherit", "inherit"] });
  call.on("cancelled", () => child.kill("SIGTERM"));
  return describeEnd(await exitOf(child));
}

/** @param {{ code: number | null, signal: string | null }} end */
function describeEnd({ code, signal }) {
  if (code === 0) return new messages.RunResponse();
  if (code === bailExitCode) return withValues(new messages.RunResponse(), { Bail: true });
  const how = signal === null ? `with exit code ${code}` : `by signal ${signal}`;
  return withValues(new messages.RunResponse(), { Error: `the program ended ${how}` });
}

/** Starts a provider, a policy pack ("analyzer") or another plugin that is written for Node. */
function startPlugin(request) {
  const info = request.getInfo();
  const dir = info.getProgramDirectory();
  const isPolicyPack = request.getKind() === "analyzer";
  const args = isPolicyPack
    ? [resolveFrom(dir, "@pulumi/pulumi/cmd/run-policy-pack"), ...request.getArgsList(), dir]
    : [resolveFrom(dir, "@pulumi/pulumi/cmd/run-plugin"), dir, ...request.getArgsList()];
  const options = info.getOptions()?.toJavaScript() ?? {};
  const given = Object.fromEntries(request.getEnvList().map(splitAtEquals));
  const env = { ...(Object.keys(given).length === 0 ? process.env : given), ...sdkSettings(options) };
  return start(process.execPath, [...words(options.nodeargs), ...args], {
    cwd: isPolicyPack ? dir : request.getPwd() || dir,
    env,
  });
}

/** What the SDK's own commands read from the environment. */
function sdkSettings({ typescript, tsconfig }) {
  return {
    ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}

function start(command, args, options) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

async function exitOf(child) {
  const [code, signal] = await once(child, "close");
  return { code, signal };
}

/** Sends a child's output as it comes, no faster than the CLI reads it. Returns the exit code. */
async function stream(call, Response, child) {
  call.on("cancelled", () => child.kill("SIGTERM"));
  const send = async (source, field) => {
    for await (const chunk of source)
      if (!call.write(withValues(new Response(), { [field]: chunk }))) await once(call, "drain");
  };
  try {
    const [{ code }] = await Promise.all([
      exitOf(child),
      send(child.stdout, "Stdout"),
      send(child.stderr, "Stderr"),
    ]);
    return code ?? 1;
  } catch (error) {
    call.write(withValues(new Response(), { Stderr: Buffer.from(`${error.message}\n`) }));
    return 1;
  }
}

function unary(handle) {
  return async (call, callback) => {
    try {
      callback(null, await handle(call));
    } catch (error) {
      callback({
        code: grpc.status.UNKNOWN,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
}

function withValues(message, values) {
  for (const [name, value] of Object.entries(values)) message[`set${name}`](value);
  return message;
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
      return withValues(new messages.DependencyInfo(), {
        Name: name,
        Version: installed === undefined ? "" : (readJson(installed).version ?? ""),
      });
    });
}

function sdkVersion() {
  return readJson(fromSdk.resolve("@pulumi/pulumi/package.json")).version;
}

/** The SDK's package.json, looked up from the folders as Node does; says what to do when it is in none. */
function locateSdk(folders) {
  for (const folder of folders.filter((candidate) => candidate !== "")) {
    try {
      return resolveFrom(folder, "@pulumi/pulumi/package.json");
    } catch {
      continue;
    }
  }
  process.stderr.write(`@pulumi/pulumi is not installed in ${folders[0]}: run npm install there.\n`);
  process.exit(1);
}

function resolveFrom(dir, name) {
  return createRequire(join(dir, "program.js")).resolve(name);
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
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

function stopChildren(signal) {
  for (const child of children) child.kill(signal);
}

function end() {
  stopChildren("SIGTERM");
  process.exit(0);
}

const server = new grpc.Server({
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
});
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
// A CLI that was killed says no goodbye; its children must not outlive it.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(), parentPollMs).unref();
