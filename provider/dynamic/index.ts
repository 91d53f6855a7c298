/**
 * The dynamic front end: what the constant closure in every resource of the SDK requires by name
 * (`pulumi-spin/provider`). State holds that closure's text alone, so an upgrade of this package changes no resource.
 */
import { SpinError, describeError, describeIssue } from "../../model/errors/index.ts";
import { check } from "../definition/check.ts";
import { diff } from "../definition/diff.ts";
import type { Context, Properties, ResourceDefinition } from "../definition/resource.ts";
import { resources } from "../resources/index.ts";
import { decode } from "../wire/decode.ts";
import { encode } from "../wire/encode.ts";
import { previewKey, secretKey } from "./keys.ts";

interface CheckFailure {
  property: string;
  reason: string;
}

/** The handlers of one resource, in the shape of Pulumi's dynamic provider protocol. */
export interface DynamicHandlers {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<DynamicDiff>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

interface DynamicDiff {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/** Looks up a resource by its token, for example `spin:index:Route`. */
export function handle(token: string): DynamicHandlers {
  const definition = resources.find((resource) => resource.token === token);
  if (definition === undefined) {
    throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", `This version of pulumi-spin has no resource ${token}.`);
  }
  return handlersOf(definition);
}

function handlersOf(definition: ResourceDefinition): DynamicHandlers {
  // The engine starts the provider process in the program's folder.
  const context: Context = { projectDir: process.cwd(), log: (message) => console.log(message) };
  const outputs = (bag: Properties): Properties => encode(bag, { secrets: definition.secrets?.(bag) ?? [] });
  return {
    async check(_olds, news) {
      const preview = news[previewKey] === true;
      const { inputs, derived, issues } = await check(definition, decode(news), context, {
        secrets: news[secretKey] === true ? [[]] : [],
      });
      // As checked inputs they are known in the preview of an update, where this protocol would call every output unknown.
      const shown = { ...inputs, ...derived };
      const failures = issues
        .filter(({ severity }) => severity === "error")
        .map((found) => ({
          property: found.path,
          reason: `${describeIssue({ ...found, path: "" })} [${found.code}]`,
        }));
      return { inputs: encode(shown, { preview, secrets: definition.secrets?.(shown) ?? [] }), failures };
    },
    diff: async (_id, olds, news) => {
      const { changed, replaces } = diff(definition, decode(olds), decode(news));
      return { changes: changed.length > 0, replaces, deleteBeforeReplace: replaces.length > 0 };
    },
    create: (inputs) =>
      explain(async () => {
        const known = decode(inputs);
        const created = await definition.create?.(known, context);
        return created === undefined
          ? { id: definition.identify(known), outs: outputs(known) }
          : { id: created.id, outs: outputs(created.outputs) };
      }),
    read: (id, props) =>
      explain(async () => {
        const state = decode(props);
        if (definition.read === undefined) return { id, props: outputs(state) };
        const observed = await definition.read(id, state, context);
        if (observed === undefined) return {};
        return { id, props: outputs(observed.outputs), inputs: outputs(observed.inputs) };
      }),
    update: (id, olds, news) =>
      explain(async () => {
        const known = decode(news);
        const updated = await definition.update?.(id, decode(olds), known, context);
        return { outs: outputs(updated ?? known) };
      }),
    delete: (id, props) => explain(async () => definition.delete?.(id, decode(props), context)),
  };
}

/** The engine shows an error's message only: give it the code and the next step. */
async function explain<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new Error(describeError(error), { cause: error });
  }
}
