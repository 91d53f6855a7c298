import type * as pulumi from "@pulumi/pulumi";
import { describeIssue, type Issue } from "../../model/errors/index.ts";
import { check } from "../../provider/definition/check.ts";
import { contextOf } from "../../provider/definition/context.ts";
import type { Properties, ResourceDefinition } from "../../provider/definition/resource.ts";
import { omitUnknown } from "../../provider/definition/unknown.ts";
import { decode, decodeWithSecrets } from "../../provider/wire/decode.ts";
import { encode } from "../../provider/wire/encode.ts";
import { resources as definitions } from "../../provider/resources/index.ts";
import type { RunStackOptions } from "./run-stack.ts";
import type { TestResource } from "./test-stack.ts";

/** Resources whose `create` changes nothing but files of the project. */
const built = "spin:index:Component";

/** Answers a program's registrations as the provider would, without changing anything outside the project. */
export class Registrations implements pulumi.runtime.Mocks {
  readonly resources: TestResource[] = [];
  readonly #failures: string[] = [];
  readonly #options: RunStackOptions;

  constructor(options: RunStackOptions) {
    this.#options = options;
  }

  async newResource(args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> {
    const kind = /^(?:pulumi-nodejs:dynamic\/spin|spin:index):(\w+)$/.exec(args.type)?.[1];
    const definition = definitions.find(({ token }) => token === `spin:index:${kind}`);
    const news = args.inputs as Properties;
    const inputs = decode(news);
    if (kind === undefined || definition === undefined) {
      const result = (await this.#options.mocks?.newResource?.(args)) ?? {
        id: `${args.name}-id`,
        state: news,
      };
      this.resources.push({ type: args.type, name: args.name, inputs, outputs: decode(result.state) });
      return result;
    }
    const { id, outputs } = await this.#answer(args.name, kind, definition, news);
    this.resources.push({ type: kind, name: args.name, inputs, outputs });
    return { id, state: encode(outputs, { secrets: definition.secrets?.(outputs) ?? [] }) };
  }

  call(
    args: pulumi.runtime.MockCallArgs,
  ): pulumi.runtime.MockCallResult | Promise<pulumi.runtime.MockCallResult> {
    return this.#options.mocks?.call?.(args) ?? args.inputs;
  }

  /** One error for all resources: the program is put right at once, not failure by failure. */
  throwFailures(): void {
    if (this.#failures.length > 0) throw new Error(this.#failures.toSorted().join("\n"));
  }

  async #answer(
    name: string,
    kind: string,
    definition: ResourceDefinition,
    news: Properties,
  ): Promise<{ id: string; outputs: Properties }> {
    const { projectDir = process.cwd(), preview = false, build = false } = this.#options;
    const context = contextOf({ projectDir, log: (line) => console.log(line) });
    const fail = (found: Issue): void => {
      this.#failures.push(`${kind} "${name}": ${describeIssue(found)} (${found.code})`);
    };
    const { properties, secrets } = decodeWithSecrets(news);
    if (holdsFailed(properties)) return failed(name, properties);
    const { inputs: checked, derived, issues } = await check(definition, properties, context, { secrets });
    const inputs = { ...checked, ...derived };
    const errors = issues.filter(({ severity }) => severity === "error");
    for (const found of errors) fail(found);
    if (errors.length > 0) return failed(name, properties);
    if (preview || !build || definition.token !== built) {
      // What only a deployment tells stays open, so that everything to the right can still be judged.
      return { id: definition.identify(omitUnknown(inputs)), outputs: omitUnknown(inputs) };
    }
    const created = await definition.create?.(inputs, context);
    return created ?? { id: definition.identify(inputs), outputs: inputs };
  }
}

/** Stands for the definition of a resource that failed: what takes it cannot be judged, and says nothing. */
const failedDefinition = "the definition of a resource that failed";

function failed(id: string, inputs: Properties): { id: string; outputs: Properties } {
  return { id, outputs: { ...inputs, definition: failedDefinition } };
}

function holdsFailed(value: unknown): boolean {
  if (value === failedDefinition) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsFailed);
}
