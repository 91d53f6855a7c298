import * as pulumi from "@pulumi/pulumi";
import { knownValues } from "./known-values.ts";
import { Registrations } from "./registrations.ts";
import { TestStack } from "./test-stack.ts";

export interface RunStackOptions {
  /** Stack settings; keys without a namespace belong to the project. */
  config?: Record<string, string>;
  /** Keys of `config` that are secrets. */
  secrets?: string[];
  /** Run the program as a preview does. Default: false. */
  preview?: boolean;
  /** Default: "project". */
  project?: string;
  /** Default: "stack". */
  stack?: string;
  /** Folder of the Pulumi project: paths in inputs start here. Default: the working directory. */
  projectDir?: string;
  /** Build components whose sources changed. Default: false; they are then declared, and cannot run. */
  build?: boolean;
  /** Answers for resources of other packages, and for function calls. Default: outputs are the inputs. */
  mocks?: Partial<pulumi.runtime.Mocks>;
}

/**
 * Runs a Pulumi program without an engine. Resources of this package are checked by their real rules and answer as in a
 * deployment, but nothing is deployed. Rejects with all that is wrong with the program's resources.
 *
 * `program` is called after the set-up, so that it may import a module that declares resources; a module runs only at its
 * first import.
 *
 * @example const stack = await runStack(() => import("./index.js"), { config: { listen: "127.0.0.1:0" } });
 */
export async function runStack(program: () => unknown, options: RunStackOptions = {}): Promise<TestStack> {
  const { project = "project", stack = "stack", config = {}, secrets = [], preview = false } = options;
  const registrations = new Registrations(options);
  const qualified = (key: string): string => (key.includes(":") ? key : `${project}:${key}`);
  const settings = Object.entries(config).map(([key, value]) => [qualified(key), value] as const);
  pulumi.runtime.setAllConfig(Object.fromEntries(settings), secrets.map(qualified));
  await pulumi.runtime.setMocks(registrations, project, stack, preview);
  const exports = (await program()) ?? {};
  // Waits for what the program registered, and for what follows from that.
  await pulumi.runtime.disconnect();
  registrations.throwFailures();
  return new TestStack(registrations.resources, await knownValues(exports));
}
