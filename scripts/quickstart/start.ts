/** `npm start`: from a checkout to the quickstart deployed, answering, and explained. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { renderCapabilities } from "../../model/capability/render-table.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { withLock } from "../bootstrap/lock.mjs";
import { runDir } from "../bootstrap/paths.mjs";
import { buildDist } from "../dist.ts";
import { ensureCli } from "../pulumi/cli.ts";
import { buildComponents } from "./components.ts";
import { guide } from "./guide.ts";
import { ofKind, type PreviewedResource, previewResources } from "./preview.ts";
import { recoverStack } from "./recover.ts";
import { showRequests, tour } from "./requests.ts";
import { ensureStack, findResource } from "./stack.ts";
import { createSteps } from "./steps.ts";
import { hasChanges, update } from "./update.ts";
import { openWorkspace } from "./workspace.ts";

type CapabilityRows = Parameters<typeof renderCapabilities>[0];

export async function main({ args, installMs }: { args: string[]; installMs: number }): Promise<number> {
  const { json, listen } = parseOptions(args);
  const descriptor = json ? 2 : 1;
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  mkdirSync(runDir, { recursive: true });
  return withLock(join(runDir, "start.lock"), "the quickstart of this checkout", () =>
    start({ json, listen, installMs, descriptor, say }),
  );
}

interface StartOptions {
  json: boolean;
  listen: string | undefined;
  installMs: number;
  descriptor: 1 | 2;
  say: (line: string) => void;
}

async function start({ json, listen, installMs, descriptor, say }: StartOptions): Promise<number> {
  const steps = createSteps(say);
  steps.add("install", installMs);
  const cli = await steps.run("pulumi", "Pulumi CLI", () => ensureCli({ say }));
  say(`  ${cli.version} from ${cli.path}`);
  const { built } = await steps.run("dist", "The package itself", () => buildDist());
  say(`  dist/ ${built ? "compiled" : "is up to date"}`);

  const workspace = openWorkspace(cli);
  const first = await steps.run("preview", "What the program asks for", async () => {
    await recoverStack(workspace, { say, descriptor });
    await ensureStack(workspace, listen === undefined ? {} : { listen });
    return previewResources(workspace);
  });
  const buildCount = await steps.run("components", "Components", () =>
    buildComponents(workspace, first, say),
  );
  const resources =
    buildCount === 0
      ? first
      : await steps.run("preview", "The same with the built components", () => previewResources(workspace));
  const capabilities = capabilitiesOf(resources);
  if (capabilities !== undefined) say(`\n── What each component may do\n${renderCapabilities(capabilities)}`);

  const changes = await steps.run("up", "pulumi up", () => update(workspace, { descriptor }));
  const { url, digest } = deployed(findResource(workspace, "HostDeployment")?.outputs);
  await steps.run("request", `The app answers at ${url}`, () => showRequests(url, tour, say));
  say(hasChanges(changes) ? "" : "Nothing had to be changed.");
  say(steps.summary());
  say(guide(url));
  if (json)
    process.stdout.write(
      `${JSON.stringify({ url, digest, capabilities: capabilities ?? [], changes, timingsMs: steps.timingsMs })}\n`,
    );
  return 0;
}

function capabilitiesOf(resources: PreviewedResource[]): CapabilityRows | undefined {
  const rows = ofKind(resources, "App")[0]?.inputs["capabilities"];
  return Array.isArray(rows) ? (rows as CapabilityRows) : undefined;
}

function deployed(outputs: Record<string, unknown> | undefined): { url: string; digest: string } {
  const { url, digest } = outputs ?? {};
  if (typeof url === "string" && typeof digest === "string") return { url, digest };
  throw new Failure(
    "The program deployed nothing to a host: its state has no HostDeployment with a url and a digest.",
    "Declare a HostDeployment in examples/quickstart/index.ts, or undo your changes: git checkout examples/quickstart.",
  );
}

function parseOptions(args: string[]): { json: boolean; listen: string | undefined } {
  const usage = "npm start -- [--port <1-65535>] [--json]";
  try {
    const { values } = parseArgs({ args, options: { json: { type: "boolean" }, port: { type: "string" } } });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
      throw new Error(`--port ${values.port} is no port.`);
    }
    return { json: values.json === true, listen: port === undefined ? undefined : `127.0.0.1:${port}` };
  } catch (error) {
    throw new Failure((error as Error).message, `Usage: ${usage}`, { cause: error });
  }
}
