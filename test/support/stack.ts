/** A stack of either front end, with a host of its own; each run of Pulumi tells what the engine did, step by step. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { connect, type HostClient } from "../../runtime/admin/client.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { hostDir } from "../../scripts/quickstart/workspace.ts";
import { type AdminProxy, startAdminProxy } from "./admin-proxy.ts";
import type { FrontEnd, Kind, ProgramText } from "./front-ends.ts";
import { openProgram, type Program, type StoredResource } from "./program.ts";

/** One thing that the engine did or would do with a resource. */
export interface Step {
  /** The resource's logical name. */
  name: string;
  op: string;
  /** Property path → how it differs: "add", "update-replace" …; of an update, empty when the engine knows none. */
  diff: Record<string, string>;
  /** Properties for which it is replaced. */
  replaces: string[];
}

export interface Run {
  exitCode: number;
  output: string;
  /** The output on one line. */
  said: string;
  /** In order; without those that stay the same, and without the stack itself. */
  steps: Step[];
  /** The engine's events, as they are logged. */
  eventLog: string;
}

export interface Stack {
  frontEnd: FrontEnd;
  program: Program;
  /** For a deployment's `listen`. */
  listen: string;
  admin: AdminProxy;
  host: HostClient;
  write(text: ProgramText): void;
  /** Runs Pulumi, which must succeed. */
  run(...args: string[]): Promise<Run>;
  /** Runs Pulumi, which must fail. */
  refused(...args: string[]): Promise<Run>;
  /** `pulumi up` without its preview. */
  up(...args: string[]): Promise<Run>;
  destroy(...args: string[]): Promise<Run>;
  fetch(path: string): Promise<string>;
  /** What state has of a resource. */
  stored(name: string): Promise<StoredResource | undefined>;
  urn(kind: Kind, name: string): string;
  /** A host of the program's own in a folder of that name in the project; shut down in the end. */
  ownHost(folder: string): Promise<HostClient | undefined>;
  dispose(): Promise<void>;
}

export interface StackOptions {
  project?: string;
  environment?: NodeJS.ProcessEnv;
}

export async function openStack(frontEnd: FrontEnd, options: StackOptions = {}): Promise<Stack> {
  const { project = "program", environment = {} } = options;
  const program = await openProgram({ files: frontEnd.files({ resources: {} }, project), environment });
  const { dir, stack } = program.workspace;
  const host = await connect({ stateDir: hostDir(dir), start: true });
  const admin = await startAdminProxy(join(dir, "proxy"), hostDir(dir));
  Object.assign(program.workspace.environment, {
    PULUMI_SPIN_HOST_DIR: admin.stateDir,
    // With it the CLI has --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
  });
  const listen = `127.0.0.1:${await freePort()}`;

  const own = new Set<string>();
  const attempt = async (args: string[]): Promise<Run> => {
    const log = join(dir, "events.json");
    rmSync(log, { force: true });
    const logged = /^(?:preview|up|refresh|destroy|import)$/.test(args[0] ?? "");
    const { exitCode, output } = await program.pulumi(...args, ...(logged ? ["--event-log", log] : []));
    const eventLog = existsSync(log) ? readFileSync(log, "utf8") : "";
    return { exitCode, output, said: output.replace(/\s+/g, " "), eventLog, steps: stepsIn(eventLog) };
  };
  const run: Stack["run"] = async (...args) => {
    const done = await attempt(args);
    if (done.exitCode !== 0)
      throw new Error(`pulumi ${args.join(" ")} ended with ${done.exitCode}:\n${done.output}`);
    return done;
  };
  return {
    frontEnd,
    program,
    listen,
    admin,
    host,
    write(text) {
      for (const [file, content] of Object.entries(frontEnd.files(text, project)))
        program.write(file, content);
    },
    run,
    async refused(...args) {
      const done = await attempt(args);
      if (done.exitCode === 0) throw new Error(`pulumi ${args.join(" ")} succeeded:\n${done.output}`);
      return done;
    },
    up: (...args) => run("up", "--yes", "--skip-preview", ...args),
    destroy: (...args) => run("destroy", "--yes", "--skip-preview", ...args),
    fetch: async (path) => (await fetch(`http://${listen}${path}`)).text(),
    stored: async (name) => (await program.state()).find(({ urn }) => urn.endsWith(`::${name}`)),
    urn: (kind, name) => `urn:pulumi:${stack}::${project}::${frontEnd.typeOf(kind)}::${name}`,
    ownHost(folder) {
      own.add(join(program.workspace.projectDir, folder));
      return connect({ stateDir: join(program.workspace.projectDir, folder) });
    },
    async dispose() {
      for (const stateDir of own) await (await connect({ stateDir }))?.shutdown();
      await admin.stop();
      await program.dispose();
    },
  };
}

interface StepEvent {
  metadata: {
    op: string;
    urn: string;
    type: string;
    diffs?: string[] | null;
    keys?: string[] | null;
    detailedDiff?: Record<string, { diffKind: string }> | null;
  };
}

interface EngineEvent {
  resourcePreEvent?: StepEvent;
  resOutputsEvent?: StepEvent;
}

function stepsIn(eventLog: string): Step[] {
  const events = eventLog
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  // What a refresh found, the engine says when it has read the resource.
  const refreshed = new Set<string>();
  return events.flatMap(({ resourcePreEvent, resOutputsEvent }) => {
    if (resourcePreEvent?.metadata.op === "refresh") refreshed.add(resourcePreEvent.metadata.urn);
    const isFound = resOutputsEvent !== undefined && refreshed.delete(resOutputsEvent.metadata.urn);
    const event = isFound ? resOutputsEvent : resourcePreEvent;
    if (event === undefined) return [];
    const { op, urn, type, diffs, keys, detailedDiff } = event.metadata;
    if (
      op === "same" ||
      op === "refresh" ||
      type === "pulumi:pulumi:Stack" ||
      type.startsWith("pulumi:providers:")
    )
      return [];
    const named = (diffs ?? []).map((path) => [path, "named"]);
    const detailed = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]);
    const diff = Object.fromEntries(detailed.length > 0 ? detailed : named) as Record<string, string>;
    return [{ name: urn.split("::").at(-1) ?? "", op, diff, replaces: keys ?? [] }];
  });
}
