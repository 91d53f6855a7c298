import { describeIssue, SpinError } from "../../model/errors/index.ts";
import { contextOf, type Context } from "../definition/context.ts";
import { type Engine, engineOf } from "../definition/engine.ts";
import { withIdentity } from "../definition/identity.ts";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { decode } from "../wire/decode.ts";
import { encode } from "../wire/encode.ts";
import { configure, type ConfigureRequest, currentConfiguration, warnOfUnknown } from "./configuration.ts";
import { type CheckResult, explain, failuresOf, refusing } from "./failures.ts";
import { type Call, callKey, providerKey, timeoutsKey } from "./keys.ts";
import { flushed, logTo } from "./log.ts";
import { timeoutOf } from "./timeouts.ts";

/** The handlers of one resource, in the shape of Pulumi's dynamic provider protocol. */
export interface DynamicHandlers {
  configure(request: ConfigureRequest): void;
  check(olds: Properties, news: Properties): Promise<CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<DynamicDiff>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

export interface DynamicDiff {
  /** `undefined`: there are changes, and Pulumi shall find out which by itself. */
  changes: boolean | undefined;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export function handlersOf(definition: ResourceDefinition): DynamicHandlers {
  const engine = engineOf(definition);
  const outputs = (bag: Properties, kept: Properties): Properties => ({
    ...encode(bag, { secrets: engine.secrets(bag) }),
    ...timeoutsIn(kept),
  });
  return {
    configure,
    async check(olds, news) {
      try {
        return await refusing(news, () => checkInputs(engine, olds, news));
      } finally {
        await flushed();
      }
    },
    diff: (_id, olds, news) =>
      explain(async () => {
        const { changed, replaces, deleteBeforeReplace } = engine.diff(decode(olds), decode(news));
        // This protocol has no place for the paths that changed. Pulumi knows them when it compares the inputs itself,
        // which drift is in as well, since `read` answers inputs; `replaceOnChanges` needs them.
        const changes = changed.length > 0 && (replaces.length > 0 || undefined);
        // What the plugin made has no text of a provider yet, and without it Pulumi could neither refresh nor delete it.
        if (changed.length === 0 && olds[providerKey] === undefined)
          return { changes: true, replaces, deleteBeforeReplace };
        return { changes, replaces, deleteBeforeReplace };
      }),
    create: (inputs) =>
      explain(
        async () => {
          const created = await engine.create(decode(inputs), contextFor(), {
            timeoutMs: timeoutOf("create", inputs),
          });
          return { id: created.id, outs: outputs(created.outputs, inputs) };
        },
        (partial) => ({ ...outputs(partial, inputs), [providerKey]: inputs[providerKey] }),
      ),
    read: (id, props) =>
      explain(async () => {
        const timeoutMs = timeoutOf("read", props);
        const context = contextFor();
        const known = withIdentity(definition, id, decode(props), context.configuration);
        const observed = await engine.read(id, known, context, { timeoutMs });
        if (observed === undefined && isGet(props)) throw missing(definition, id);
        if (observed === undefined) return {};
        const found = { id, props: outputs(observed.outputs, props) };
        // What only computes has no inputs but those that state has.
        return definition.read === undefined ? found : { ...found, inputs: outputs(observed.inputs, props) };
      }),
    update: (id, olds, news) =>
      explain(
        async () => {
          const updated = await engine.update(id, decode(olds), decode(news), contextFor(), {
            timeoutMs: timeoutOf("update", news),
          });
          return { outs: outputs(updated, news) };
        },
        (partial) => ({ ...outputs(partial, news), [providerKey]: news[providerKey] }),
      ),
    delete: (id, props) =>
      explain(() =>
        engine.delete(id, decode(props), contextFor(), { timeoutMs: timeoutOf("delete", props) }),
      ),
  };
}

async function checkInputs(engine: Engine, olds: Properties, news: Properties): Promise<CheckResult> {
  const { definition } = engine;
  const old = Object.keys(olds).length === 0 ? undefined : decode(olds);
  const { preview = false, secret = false, urn, settings = [] }: Call = news[callKey] ?? {};
  warnOfUnknown(settings, logTo(urn));
  const context = contextFor(urn);
  const given = { ...definition.configured?.(context.configuration), ...decode(news) };
  const { inputs, derived, issues } = await engine.check(given, context, {
    secrets: secret ? [[]] : [],
    old,
  });
  // As checked inputs they are known in the preview of an update, where this protocol would call every output unknown.
  const shown = { ...inputs, ...derived };
  for (const found of issues.filter(({ severity }) => severity === "warning"))
    context.log(describeIssue(found), "warning");
  const failures = failuresOf(issues);
  if (preview && failures.length === 0) {
    await engine.tryOut(shown, context, old);
    await engine.report(shown, context, old);
  }
  const checked = encode(shown, { preview, secrets: engine.secrets(shown) });
  return { inputs: { ...checked, ...timeoutsIn(news) }, failures };
}

/** The engine starts the provider process in the program's folder. */
function contextFor(urn?: string): Context {
  return contextOf({ projectDir: process.cwd(), configuration: currentConfiguration(), log: logTo(urn) });
}

/** A read that the program asks for, of what it does not manage: what the program says is not checked, and comes whole. */
function isGet(props: Properties): boolean {
  return callKey in props;
}

/** Of a refresh an answer without an id says so; of a get Pulumi takes that for a resource. */
function missing({ token }: ResourceDefinition, id: string): SpinError {
  return new SpinError("ERR_SPIN_GET_MISSING", `The ${token.split(":").at(-1)} '${id}' does not exist.`);
}

function timeoutsIn(bag: Properties): Properties {
  return bag[timeoutsKey] === undefined ? {} : { [timeoutsKey]: bag[timeoutsKey] };
}
