import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { checkTarget } from "../../model/capability/index.ts";
import type { AppDefinition, ComponentDefinition } from "../../model/definition.ts";
import { describeIssue, SpinError } from "../../model/errors/index.ts";
import { componentBytes } from "../../provider/build/index.ts";
import { siblingModule } from "../../runtime/sibling-module.ts";
import type { AppTask } from "./app-worker.ts";
import { answerOutbound, type Outbound, type PlainRequest } from "./outbound.ts";
import { Questions } from "./questions.ts";
import { TestApp } from "./test-app.ts";

export interface RunAppOptions {
  /** Values of the app's variables, as a deployment would give them. */
  variables?: Record<string, string>;
  /** Folder of the Pulumi project: paths of components start here. Default: the working directory. */
  projectDir?: string;
  /** Stands between the components and the network. Default: what is granted goes out. */
  outbound?: Outbound;
}

/**
 * Runs an app in this process, on a free port of 127.0.0.1, as the bundled host would: same routes, same grants, a fresh
 * instance for each request. Needs Node 24. The codes of failures are the host's, ERR_SPIN_RUNTIME_*.
 *
 * @example await using app = await runApp(stack.app()); expect((await app.fetch("/")).status).toBe(200);
 */
export async function runApp(
  definition: AppDefinition,
  { variables = {}, projectDir = process.cwd(), outbound }: RunAppOptions = {},
): Promise<TestApp> {
  refuseUnsupported(definition);
  const { name, lockedApp, components } = definition;
  const stateDir = await mkdtemp(join(tmpdir(), "spin-test-"));
  let worker: Worker | undefined;
  try {
    for (const component of components) await addBlob(component, stateDir, projectDir);
    const workerData: AppTask = { name, stateDir, lockedApp, variables, hasOutbound: outbound !== undefined };
    worker = new Worker(siblingModule(import.meta.url, "./app-worker"), { workerData });
    const questions = new Questions(worker, (request: PlainRequest) =>
      outbound === undefined ? undefined : answerOutbound(outbound, request),
    );
    worker.once("error", (error: Error) => questions.giveUp(error));
    worker.once("exit", () => questions.giveUp(new Error(`The thread of the app "${name}" has ended.`)));
    const address = await questions.ask<string>("start");
    return new TestApp({ worker, questions, url: `http://${address}/`, name, stateDir });
  } catch (error) {
    await worker?.terminate();
    await rm(stateDir, { recursive: true, force: true });
    throw error;
  }
}

/** What no preview of a deployment would let pass. */
function refuseUnsupported({ components }: AppDefinition): void {
  const unbuilt = components.find(({ digest }) => digest === undefined);
  if (unbuilt !== undefined) {
    const message = `The component "${unbuilt.id}" is not built, so that the app cannot run.`;
    throw new SpinError("ERR_SPIN_COMPONENT_MISSING", message, { hint: "Give runStack `build: true`." });
  }
  const problem = checkTarget(components, "bundled-host").find(({ severity }) => severity === "error");
  if (problem !== undefined)
    throw new SpinError(problem.code, describeIssue(problem), { path: problem.path });
}

async function addBlob(component: ComponentDefinition, stateDir: string, projectDir: string): Promise<void> {
  const folder = join(stateDir, "blobs", "sha256");
  await mkdir(folder, { recursive: true });
  const bytes = await componentBytes(component, projectDir);
  await writeFile(join(folder, component.digest.slice("sha256:".length)), bytes);
}
